import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, App, AppProps, Chart, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { objectsInApplyOrder } from '../manifests/apply-order';
import { yamlText } from '../manifests/yaml-text';
import { fileOf, fileOfChart } from './output-files';
import { checkArguments } from '../problems/property-checks';

const SPARK_APP = Symbol.for('cdk8s-spark.SparkApp');

/**
 * A cdk8s `App` whose output fits a Git repository and `kubectl`. Use it in place of cdk8s' own; constructs and their ids
 * stay the same.
 *
 * - **Order.** It writes documents in the order in which a cluster needs them: definitions, namespaces, accounts, rights,
 *   the operator, applications. The order of the calls in a program has no effect, and dependencies that the program
 *   declares come first.
 * - **Names of files.** A file is named after its chart (`platform.operator.crds.k8s.yaml`) or its object
 *   (`team-1.Role.spark-driver.k8s.yaml`) and has no number: a new team or chart adds files and renames none.
 * - **Nothing is lost.** With each `yamlOutputType` it writes every object, also two of one name in two namespaces.
 * - **Speed.** It validates constructs once, instead of once more for each chart.
 *
 * `Testing.synth(chart)` of cdk8s shows the objects of a chart in the order of construction.
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 * @example
 *
 * const app = new SparkApp({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
 * new SparkJobNamespace(new Chart(app, 'team-orders'), 'orders');
 * app.synth();
 */
export class SparkApp extends App {
  /** @internal */
  public static _isSparkApp(construct: IConstruct): construct is SparkApp {
    return SPARK_APP in construct;
  }

  private readonly recordsMetadata: boolean;

  /** @param props the properties of cdk8s' `App` */
  public constructor(props: AppProps = {}) {
    checkArguments('new SparkApp', [props]);
    super(props);
    Object.defineProperty(this, SPARK_APP, { value: true });
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
  }

  /**
   * Writes all manifests into the folder of the output.
   *
   * @throws if a construct is not valid, with everything that is wrong; then no file is written
   */
  public synth(): void {
    const objects = this.validObjects();
    for (const [file, documents] of this.filesOf(objects)) {
      const place = path.join(this.outdir, file + this.outputFileExtension);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, yamlText(documents));
    }
    fs.mkdirSync(this.outdir, { recursive: true });
    if (this.recordsMetadata) this.writeMetadata(objects);
  }

  /**
   * All manifests as one text, in apply order.
   *
   * @throws if a construct is not valid, with everything that is wrong
   */
  public synthYaml(): string {
    return yamlText(this.validObjects().map((object) => object.toJson() as object));
  }

  private validObjects(): ApiObject[] {
    const errors = this.node.findAll().flatMap(({ node }) => node.validate().map((error) => `[${node.path}] ${error}`));
    if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
    return objectsInApplyOrder(this);
  }

  /** A chart without objects has an empty file, as with `App`, so that a file of an earlier run does not stay as it was. */
  private filesOf(objects: readonly ApiObject[]): Map<string, object[]> {
    const files = new Map<string, object[]>();
    if (this.yamlOutputType === YamlOutputType.FILE_PER_CHART) {
      for (const chart of this.node.findAll().filter(Chart.isChart)) files.set(fileOfChart(chart), []);
    }
    for (const object of objects) {
      const file = fileOf(object, this.yamlOutputType);
      const documents = files.get(file) ?? [];
      documents.push(object.toJson() as object);
      files.set(file, documents);
    }
    return files;
  }

  /** In the format that validation plugins of cdk8s-cli read. */
  private writeMetadata(objects: readonly ApiObject[]): void {
    const resources = Object.fromEntries(objects.map(({ name, node }) => [name, { path: node.path }]));
    fs.writeFileSync(
      path.join(this.outdir, 'construct-metadata.json'),
      JSON.stringify({ version: '1.0.0', resources }),
    );
  }
}
