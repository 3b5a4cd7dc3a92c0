import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkAdmissionGuard } from '../../lib/admission-guard/spark-admission-guard';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { IMAGE, PYTHON } from '../application/fixtures';
import { manifests, newChart } from '../job-namespace/manifests';
import { validate, Written } from './validate';

const KEY = 'spark.kubernetes.driver.pod.featureSteps';

/** A program with a job that has the key, which its namespace names. */
function program(): Written[] {
  const chart = newChart();
  const jobNamespace = new SparkJobNamespace(chart, 'clicks', { admission: { sparkConf: [KEY] } });
  new SparkAdmissionGuard(chart, 'guard', { namespace: 'spark-operator', jobNamespaces: [jobNamespace] });
  const sparkConf = { [KEY]: 'dev.acme.Step' };
  new SecureSparkApplication(chart, 'sessions', { jobNamespace, image: IMAGE, main: PYTHON, sparkConf });
  return manifests(chart) as Written[];
}

async function escapes(written: readonly Written[]): Promise<string[]> {
  const { found } = await validate(written);
  return found.filter((finding) => finding.startsWith('no-sparkconf-escape: '));
}

describe('a key that reaches beyond the job', () => {
  test('is no escape where the owner of the namespace names it for the guard (case 15)', async () => {
    expect(await escapes(program())).toEqual([]);
  });

  test('is one where no guard is bound to the namespace (case 15)', async () => {
    const unbound = program().filter(({ kind }) => kind !== 'ValidatingAdmissionPolicyBinding');
    expect(await escapes(unbound)).toEqual([
      `no-sparkconf-escape: sessions: spec.sparkConf["${KEY}"]: it shapes pods beside their templates, or loads a class ` +
        'into the controller of the operator',
    ]);
  });
});
