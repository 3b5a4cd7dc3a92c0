import { k8s } from 'cdk8s-plus-28';
import { parseQuantity } from './quantity';

/** All containers of a pod template, init containers first. */
export function containersOf(template: k8s.PodTemplateSpec): k8s.Container[] {
  return [...(template.spec?.initContainers ?? []), ...(template.spec?.containers ?? [])];
}

/** The number that a quantity of a template stands for, or `undefined` if it is not a quantity. */
export function amountOf(quantity: k8s.Quantity | undefined): number | undefined {
  return quantity === undefined ? undefined : parseQuantity(quantity.value as string | number);
}
