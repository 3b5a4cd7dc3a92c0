import { k8s } from 'cdk8s-plus-28';
import { parseQuantity } from './quantity';

/** All containers that a pod of this template runs, those of its start first. */
export function containersOf(template: k8s.PodTemplateSpec): k8s.Container[] {
  return [...(template.spec?.initContainers ?? []), ...(template.spec?.containers ?? [])];
}

/** The number that a quantity of a template stands for, or `undefined` when it is none. */
export function amountOf(quantity: k8s.Quantity | undefined): number | undefined {
  return quantity === undefined ? undefined : parseQuantity(quantity.value as string | number);
}
