import { ApiObject, Chart, Testing } from 'cdk8s';
import { objectsInApplyOrder } from '../lib/manifests/apply-order';

/** The objects of a chart as `SparkApp` writes them: the whole app is validated, and they are in apply order. */
export function synthChart(chart: Chart): ReturnType<ApiObject['toJson']>[] {
  // Validates.
  Testing.synth(chart);
  return objectsInApplyOrder(chart)
    .filter((object) => object.chart === chart)
    .map((object) => object.toJson() as ReturnType<ApiObject['toJson']>);
}
