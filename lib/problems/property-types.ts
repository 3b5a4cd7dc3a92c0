import data from './property-types.json';

/** The types of the public API's properties and parameters, as `npm run property-types` reads them from jsii's assembly. */
interface PropertyTypes {
  /** The parameters of constructors, factories and methods: `new SparkOperator`, `SparkImage.of`. */
  readonly callables: Types<Types<string>>;
  /** The properties of props and options. `?` stands for optional, `T[]` for a list and `{T}` for a map. */
  readonly structs: Types<Types<string>>;
  readonly enums: Types<Types<string | number>>;
  /** The members that tell an object of an interface, and the kind of an object of Kubernetes. */
  readonly interfaces: Types<{ readonly members: readonly string[]; readonly kind?: string }>;
  readonly classes: readonly string[];
  /** Generated objects of Kubernetes' API; their fields are looked at with the pods that they stand in. */
  readonly objects: readonly string[];
  /** How a value of a class or an interface is had. */
  readonly examples: Types<string>;
}

type Types<T> = { readonly [name: string]: T | undefined };

export const PROPERTY_TYPES: PropertyTypes = data;
