import { App, Chart, JsonPatch } from 'cdk8s';
import { Relaxation, Guarantee } from '../../lib/guarantees/relaxation';
import { SparkJobNamespace } from '../../lib/job-namespace/spark-job-namespace';
import { SecureSparkApplication } from '../../lib/application/secure-spark-application';
import { SparkImage } from '../../lib/spark/spark-image';
import { SparkMain } from '../../lib/spark/spark-main';
import { plainProgram } from './plain-program';
import { validate, validateApp, Written } from './validate';

const REASON = 'the image is built anew every night';
const PROBLEM =
  'spec.image: the image "pi" has no tag, so that a restart may run another program; give it a tag of its version or a digest';

/** A program whose SparkApplication has an image that is not pinned, and these annotations. */
function unpinned(annotations: Record<string, unknown> = {}): Written[] {
  return plainProgram({
    SparkApplication: ({ metadata, spec }) => {
      metadata.annotations = annotations;
      spec.image = 'pi';
    },
  });
}

describe('an annotation', () => {
  test('waives a rule for its resource, and the log says so with the reason', async () => {
    const { success, found, log, report } = await validate(unpinned({ 'cdk8s-spark/waive-pinned-images': REASON }));
    expect(found).toEqual([]);
    expect(success).toBe(true);
    expect(log).toEqual([`Waived: pinned-images for SparkApplication jobs/pi, because ${REASON}\n  > ${PROBLEM}`]);
    expect(report.summary.metadata).toEqual({ 'Rules that are on': '33', Waived: '1', 'Unused waivers': '0' });
  });

  test.each(['', '  ', 5, null])('waives nothing with the reason %j', async (reason) => {
    const { success, found, log } = await validate(unpinned({ 'cdk8s-spark/waive-pinned-images': reason }));
    expect(found).toEqual([
      `pinned-images: pi: ${PROBLEM}`,
      'waivers-have-reasons: pi: metadata.annotations["cdk8s-spark/waive-pinned-images"]: gives no reason; say why the resource need not keep the rule',
    ]);
    expect(success).toBe(false);
    expect(log).toEqual([]);
  });

  test('names a rule that there is', async () => {
    const { success, found } = await validate(
      plainProgram({ Role: ({ metadata }) => (metadata.annotations = { 'cdk8s-spark/waive-image-pinned': REASON }) }),
    );
    expect(found).toEqual([
      expect.stringMatching(
        /^waivers-have-reasons: Role jobs\/driver: metadata.annotations\["cdk8s-spark\/waive-image-pinned"\]: there is no rule "image-pinned"; expected one of driver-is-not-default-account, /,
      ),
    ]);
    expect(success).toBe(false);
  });

  test('waives nothing for other resources', async () => {
    const manifests = plainProgram({
      SparkApplication: ({ metadata }) => (metadata.annotations = { 'cdk8s-spark/waive-pinned-images': REASON }),
      ScheduledSparkApplication: ({ spec }) => (spec.template.image = 'pi'),
    });
    const { found, log } = await validate(manifests);
    expect(found).toEqual([`pinned-images: nightly: ${PROBLEM.replace('spec.', 'spec.template.')}`]);
    expect(log).toEqual([
      'Unused waiver: pinned-images for SparkApplication jobs/pi; nothing there breaks the rule, so remove it',
    ]);
  });
});

describe('a waiver of one kind of fault', () => {
  const unbound = (annotations: Record<string, string>): Written[] => [
    ...plainProgram(),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'more', namespace: 'jobs', annotations },
      roleRef: { kind: 'Role', name: 'gone' },
      subject: [],
    },
  ];
  const unknownField =
    'bindings-resolve: more: RoleBinding jobs/more: subject: is no field that Kubernetes knows, and is ignored; expected apiVersion, kind, metadata, subjects, roleRef';
  const notFound =
    'RoleBinding jobs/more: roleRef: Role jobs/gone is not among the manifests, so its rules are not known and count for nothing';

  test('waives it by its code, and leaves the rest of the rule in force', async () => {
    const { found, log } = await validate(unbound({ 'cdk8s-spark/waive-role-not-found': 'made by the platform team' }));
    expect(found).toEqual([unknownField]);
    expect(log).toEqual([
      `Waived: role-not-found for RoleBinding jobs/more, because made by the platform team\n  > ${notFound}`,
    ]);
  });

  test('waives nothing of another kind', async () => {
    const { found, log } = await validate(unbound({ 'cdk8s-spark/waive-object-duplicate': 'it is there twice' }));
    expect(found).toEqual([unknownField, `bindings-resolve: more: ${notFound}`]);
    expect(log).toEqual([
      'Unused waiver: object-duplicate for RoleBinding jobs/more; nothing there breaks the rule, so remove it',
    ]);
  });
});

describe('a waiver in the properties', () => {
  const waiver = { rule: 'pinned-images', resource: 'SparkApplication jobs/pi', reason: REASON };

  test('names the resource by kind, namespace and name', async () => {
    const { success, log } = await validate(unpinned(), { waivers: [waiver] });
    expect(success).toBe(true);
    expect(log).toEqual([`Waived: pinned-images for SparkApplication jobs/pi, because ${REASON}\n  > ${PROBLEM}`]);
  });

  test('names the resource by generateName where the API server makes the name (case 13)', async () => {
    const resource = 'SparkApplication jobs/pi-*';
    const manifests = plainProgram({
      SparkApplication: (manifest) => {
        manifest.spec.image = 'registry.acme.dev/pi:latest';
        manifest.metadata = { namespace: 'jobs', generateName: 'pi-' };
      },
    });
    expect((await validate(manifests)).found).toEqual([
      expect.stringMatching(/^pinned-images: SparkApplication jobs.pi-\*: /),
    ]);
    const { success, log } = await validate(manifests, { waivers: [{ ...waiver, resource }] });
    expect(success).toBe(true);
    expect(log).toEqual([expect.stringMatching(/^Waived: pinned-images for SparkApplication jobs.pi-\*, because /)]);
  });

  test('names the resource by the path of its construct', async () => {
    const { success } = await validate(
      unpinned(),
      { waivers: [{ ...waiver, resource: 'jobs/pi/Resource' }] },
      { pi: { path: 'jobs/pi/Resource' } },
    );
    expect(success).toBe(true);
  });

  test('that matches nothing is told, and fails nothing', async () => {
    const { success, log, report } = await validate(plainProgram(), { waivers: [waiver] });
    expect(success).toBe(true);
    expect(log).toEqual([
      'Unused waiver: pinned-images for SparkApplication jobs/pi, in the properties; nothing there breaks the rule, so remove it',
    ]);
    expect(report.summary.metadata).toMatchObject({ 'Unused waivers': '1' });
  });

  test('for a rule that is off is told as well', async () => {
    const { log } = await validate(unpinned(), { waivers: [waiver], rules: { 'pinned-images': false } });
    expect(log).toEqual([expect.stringMatching(/^Unused waiver: pinned-images /)]);
  });
});

describe('what a namespace allows', () => {
  const outcome = (allow: Relaxation[]): ReturnType<typeof validateApp> =>
    validateApp(
      (outdir) => {
        const app = new App({ outdir });
        const chart = new Chart(app, 'jobs');
        const jobNamespace = new SparkJobNamespace(chart, 'clicks', { allow });
        const { apiObject } = new SecureSparkApplication(chart, 'pi', {
          jobNamespace,
          image: SparkImage.of('pi:1', { sparkVersion: '4.0.4' }),
          main: SparkMain.python('local:///opt/app/pi.py'),
          relax: allow.map(({ guarantee }) => guarantee).filter((guarantee) => guarantee === Guarantee.PINNED_IMAGES),
        });
        apiObject.addJsonPatch(JsonPatch.replace('/spec/image', 'pi'));
        return app;
      },
      { rules: { 'guard-is-bound': false } },
    );

  test('is waived there, with its reason', async () => {
    const { found, log } = await outcome([Relaxation.of(Guarantee.PINNED_IMAGES, REASON)]);
    expect(found).toEqual([]);
    expect(log).toEqual([
      `Waived: pinned-images for SparkApplication clicks/pi, because its namespace allows it: ${REASON}\n  > ${PROBLEM}`,
    ]);
  });

  test('waives no other rule', async () => {
    const { found, log } = await outcome([Relaxation.of(Guarantee.READ_ONLY_ROOT_FILESYSTEM, REASON)]);
    expect(found).toEqual([`pinned-images: pi: ${PROBLEM}`]);
    expect(log).toEqual([]);
  });
});
