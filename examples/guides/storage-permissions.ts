import { Chart } from 'cdk8s';
import {
  Checkpoint,
  CloudIdentity,
  PermissionFormat,
  SecureSparkApplication,
  SparkApp,
  SparkImage,
  SparkJobNamespace,
  SparkMain,
  SparkStorage,
  StoragePermissions,
} from 'cdk8s-spark';

const app = new SparkApp();
const chart = new Chart(app, 'storage-permissions');
const clicks = new SparkJobNamespace(chart, 'clicks');
const image = SparkImage.of('registry.acme.dev/streams:2.1.0', { sparkVersion: '4.0.4' });

// #region permissions
const checkpoints = SparkStorage.s3(chart, 'checkpoints', {
  bucket: 'acme-streams',
  newBucket: { location: 'eu-central-1' },
  prefix: 'checkpoints/prod-eu',
  identity: CloudIdentity.awsRole('arn:aws:iam::123456789012:role/sessions', {
    oidcIssuer: 'https://oidc.eks.eu-central-1.amazonaws.com/id/4D2E',
  }),
});

const sessions = new SecureSparkApplication(chart, 'sessions', {
  jobNamespace: clicks,
  image,
  main: SparkMain.python('local:///opt/app/sessions.py'),
  checkpoint: Checkpoint.on(checkpoints),
});

new StoragePermissions(chart, 'permissions', {
  applications: [sessions],
  format: PermissionFormat.CONTROLLERS,
  namespace: 'aws-resources',
});
// #endregion

// #region facts
SparkStorage.gcs(chart, 'known-on-google', {
  bucket: 'acme-streams',
  project: 'acme-data',
  prefix: 'checkpoints/prod-eu',
  identity: CloudIdentity.gkePrincipal({
    clusterProject: 'acme-clusters',
    clusterProjectNumber: '123456789012',
  }),
});

SparkStorage.azure(chart, 'known-on-azure', {
  subscription: '0a1b2c3d-0000-4000-8000-000000000001',
  resourceGroup: 'streams',
  account: 'acmestreams',
  container: 'state',
  prefix: 'checkpoints/prod-eu',
  identity: CloudIdentity.azureWorkloadIdentity(
    '00000000-1111-2222-3333-444444444444',
    '55555555-6666-7777-8888-999999999999',
    {
      identityName: 'sessions',
      resourceGroup: 'identities',
      oidcIssuer: 'https://westeurope.oic.prod-aks.azure.com/55555555/66666666/',
    },
  ),
});
// #endregion

app.synth();
