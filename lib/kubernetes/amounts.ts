import { Cpu } from 'cdk8s-plus-28';
import { parseQuantity } from './quantity';

/** What is wrong with an amount of CPU, or `undefined`. */
export function cpuProblem(what: string, cpu: Cpu): string | undefined {
  const millis = (parseQuantity(cpu.amount) ?? NaN) * 1000;
  // 1.1 * 1000 is not quite 1100.
  if (millis >= 0 && Math.abs(millis - Math.round(millis)) < 1e-6) return undefined;
  return `${what} is ${cpu.amount}; expected zero or more in steps of 0.001 CPU, such as Cpu.units(2) or Cpu.millis(1500)`;
}

/** What is wrong with a number of objects, or `undefined`. */
export function countProblem(what: string, count: number): string | undefined {
  if (Number.isInteger(count) && count >= 0) return undefined;
  return `${what} is ${count}; expected a whole number, zero or more`;
}
