import { Duration } from 'cdk8s';
import { WebhookCertificates } from '../../../lib/operator/install/certificates';
import { all, argsOf, messageOf, one, written } from '../support';

const CONFIGURATIONS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

describe('by itself', () => {
  test('the webhook fills a Secret that is there already, and that no file overwrites', () => {
    const secret = one(written(), 'Secret', 'spark-operator-webhook-certs');
    expect(secret.metadata.namespace).toBe('spark-operator');
    expect(secret.type).toBe('Opaque');
    expect(Object.keys(secret).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'type']);
  });

  test('the manifests leave the certificate authority to the webhook (row 27)', () => {
    const manifests = written();
    for (const kind of CONFIGURATIONS) {
      const { metadata, webhooks } = one(manifests, kind, 'spark-operator-webhook');
      expect(metadata.annotations).toBeUndefined();
      expect(JSON.stringify(webhooks)).not.toContain('caBundle');
    }
    expect(argsOf(manifests, 'webhook').join()).not.toContain('cert-manager');
  });
});

describe('by cert-manager', () => {
  test('a self-signed certificate for the service of the webhook, with its issuer (row 27)', () => {
    const manifests = written({ certificates: WebhookCertificates.certManager() });
    expect(one(manifests, 'Issuer', 'spark-operator-webhook', 'spark-operator').spec).toEqual({ selfSigned: {} });
    expect(one(manifests, 'Certificate', 'spark-operator-webhook', 'spark-operator').spec).toEqual({
      secretName: 'spark-operator-webhook-certs',
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'spark-operator-webhook' },
      dnsNames: ['spark-operator-webhook.spark-operator.svc'],
      usages: ['server auth'],
      privateKey: { algorithm: 'RSA', encoding: 'PKCS1' },
      duration: '315360000s',
    });
    expect(all(manifests, 'Secret')).toEqual([]);
  });

  test('the webhook is told, and both configurations name the certificate', () => {
    const manifests = written({ certificates: WebhookCertificates.certManager() });
    expect(argsOf(manifests, 'webhook')).toContain('--enable-cert-manager=true');
    for (const kind of CONFIGURATIONS) {
      expect(one(manifests, kind, 'spark-operator-webhook').metadata.annotations).toEqual({
        'cert-manager.io/inject-ca-from': 'spark-operator/spark-operator-webhook',
      });
    }
  });

  test('an issuer that is there already signs, for as long as is asked', () => {
    const certificates = WebhookCertificates.certManager({
      issuer: { name: 'acme', kind: 'ClusterIssuer' },
      duration: Duration.days(90),
      renewBefore: Duration.days(30),
    });
    const manifests = written({ certificates });
    expect(all(manifests, 'Issuer')).toEqual([]);
    expect(one(manifests, 'Certificate', 'spark-operator-webhook').spec).toMatchObject({
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'acme' },
      duration: '7776000s',
      renewBefore: '2592000s',
    });
  });

  test('refuses a renewal before the beginning', () => {
    const options = { duration: Duration.days(30), renewBefore: Duration.days(30) };
    expect(messageOf(() => WebhookCertificates.certManager(options))).toBe(
      'WebhookCertificates.certManager: renewBefore is 30 days and duration 30 days; a certificate is renewed before its end: give a shorter renewBefore',
    );
  });
});
