import data from './property-types.json';

/** The types of the public API's properties and parameters, as `npm run property-types` reads them from jsii's assembly. */
interface PropertyTypes {
  /** The parameters of constructors, factories and methods: `new SparkOperator`, `SparkImage.of`. */
  readonly callables: Types<Types<string>>;
  /** The properties of props and options. `?` stands for optional, `T[]` for a list and `{T}` for a map. */
  readonly structs: Types<Types<string>>;
  readonly enums: Types<Types<string | number>>;
  /** The members that identify an implementation of an interface, and the kind of a Kubernetes object. */
  readonly interfaces: Types<{ readonly members: readonly string[]; readonly kind?: string }>;
  readonly classes: readonly string[];
  /** Generated types of the Kubernetes API; their fields are checked with the pods that contain them. */
  readonly objects: readonly string[];
  /** An expression that makes a value of a class or interface. */
  readonly examples: Types<string>;
}

type Types<T> = { readonly [name: string]: T | undefined };

export const PROPERTY_TYPES: PropertyTypes = data;
