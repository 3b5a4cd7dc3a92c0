import { Chart, Size } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-28';
import {
  LocalDirectories,
  SecureSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkOperator,
  SparkRole,
  WritableDirectory,
} from 'cdk8s-spark';

const app = new SparkApp();
const chart = new Chart(app, 'writable-places');
const clicks = new SparkJobNamespace(chart, 'clicks');
new SparkOperator(chart, 'operator', { jobNamespaces: [clicks] });
const image = SparkImage.of('registry.acme.dev/sessions:1.4.0', { sparkVersion: '4.0.4' });

// #region sizes
new SecureSparkApplication(chart, 'wide', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/wide.py'),
  temporaryDirectory: { sizeLimit: Size.gibibytes(4) },
  workingDirectory: { sizeLimit: Size.gibibytes(2) },
  executor: { localDirectories: LocalDirectories.emptyDir({ sizeLimit: Size.gibibytes(50) }) },
});
// #endregion

// #region directories
const models = PersistentVolumeClaim.fromClaimName(chart, 'models', 'models');
new SecureSparkApplication(chart, 'scoring', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/scoring.py'),
  executor: { instances: 3 },
  writableDirectories: [
    WritableDirectory.emptyDir('/cache', { sizeLimit: Size.mebibytes(256), inMemory: true }),
    WritableDirectory.ephemeralClaim('/scratch', { size: Size.gibibytes(100), roles: [SparkRole.EXECUTOR] }),
    WritableDirectory.claim('/models', models, { shared: true, subPath: 'scoring' }),
  ],
});
// #endregion

// #region shuffle
new SecureSparkApplication(chart, 'shuffle', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/shuffle.py'),
  executor: {
    instances: 3,
    localDirectories: LocalDirectories.onDemandClaim({ size: Size.gibibytes(200), storageClassName: 'fast' }),
  },
});
// #endregion

app.synth();
