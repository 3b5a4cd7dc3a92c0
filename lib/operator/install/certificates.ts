import { ApiObject, Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { checkArguments } from '../../problems/property-checks';

/** The issuer of the webhook's certificate, an object of cert-manager. */
export interface CertificateIssuer {
  /** Its name. */
  readonly name: string;

  /**
   * Its kind, for example `ClusterIssuer`.
   *
   * @default 'Issuer'
   */
  readonly kind?: string;

  /**
   * Its API group.
   *
   * @default 'cert-manager.io'
   */
  readonly group?: string;
}

/** A certificate that cert-manager makes. */
export interface CertManagerOptions {
  /**
   * The issuer that signs it.
   *
   * @default - a self-signed certificate, with an issuer in the operator's namespace
   */
  readonly issuer?: CertificateIssuer;

  /**
   * How long the certificate is valid. The webhook reads it when it starts, so restart the webhook between a renewal and the
   * end of this time.
   *
   * @default - ten years if it is self-signed, else cert-manager's default
   */
  readonly duration?: Duration;

  /**
   * How long before its end the certificate is renewed.
   *
   * @default - cert-manager's default: after two thirds of the duration
   */
  readonly renewBefore?: Duration;
}

/** Where a certificate belongs. */
export interface CertificateContext {
  readonly name: string;
  readonly namespace: string;
  readonly service: string;
  readonly secret: string;
  readonly labels: Record<string, string>;
}

/** What a kind of certificate means for the rest of the operator. */
export interface CertificateSetup {
  readonly args: string[];
  readonly secretVerbs: string[];
  readonly configurationAnnotations?: Record<string, string>;
  readonly writesCaBundle: boolean;
}

/**
 * Where the webhook's certificate comes from. The API server only calls a webhook whose certificate it can verify.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
export abstract class WebhookCertificates {
  /**
   * The webhook makes its certificate, and a certificate authority for it, and writes the latter into its two configurations.
   *
   * It needs no other software, but a risk remains: the webhook's account may update these two configurations, so an identity
   * that holds its token can make the API server ask about other objects too. `certManager()` avoids it.
   */
  public static selfSigned(): WebhookCertificates {
    return new SelfSigned();
  }

  /**
   * cert-manager makes the certificate and writes its authority into the configurations. The webhook's account then has no
   * right on them, and may only read its one Secret.
   *
   * The webhook reads the certificate when it starts: restart it after each renewal (`kubectl rollout restart`).
   *
   * @param options the issuer, and how long the certificate is valid
   * @throws if `renewBefore` is not shorter than `duration`
   * @see https://cert-manager.io/docs/concepts/ca-injector/
   */
  public static certManager(options: CertManagerOptions = {}): WebhookCertificates {
    checkArguments('WebhookCertificates.certManager', [options]);
    const { duration, renewBefore } = options;
    if (duration !== undefined && renewBefore !== undefined && renewBefore.toSeconds() >= duration.toSeconds()) {
      throw new Error(
        `WebhookCertificates.certManager: renewBefore is ${renewBefore.toHumanString()} and duration ${duration.toHumanString()}; a certificate is renewed before its end: give a shorter renewBefore`,
      );
    }
    return new CertManager(options);
  }

  /** @internal */
  public abstract _setUp(scope: Construct, context: CertificateContext): CertificateSetup;
}

class SelfSigned extends WebhookCertificates {
  /** @internal */
  public _setUp(scope: Construct, { secret, namespace, labels }: CertificateContext): CertificateSetup {
    // The webhook fills it. Were it missing, the webhook would need the right to create Secrets of any name and kind, a token
    // of another account among them.
    new k8s.KubeSecret(scope, 'webhook-certificate', { metadata: { name: secret, namespace, labels }, type: 'Opaque' });
    return { args: [], secretVerbs: ['get', 'update'], writesCaBundle: true };
  }
}

class CertManager extends WebhookCertificates {
  public constructor(private readonly options: CertManagerOptions) {
    super();
  }

  /** @internal */
  public _setUp(scope: Construct, context: CertificateContext): CertificateSetup {
    const { name, namespace, service, secret, labels } = context;
    const { issuer, renewBefore } = this.options;
    const duration = this.options.duration ?? (issuer === undefined ? Duration.days(3650) : undefined);
    const metadata = { name: `${name}-webhook`, namespace, labels };
    if (issuer === undefined) {
      new ApiObject(scope, 'webhook-issuer', {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Issuer',
        metadata,
        spec: { selfSigned: {} },
      });
    }
    new ApiObject(scope, 'webhook-certificate', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata,
      spec: {
        secretName: secret,
        issuerRef: {
          group: issuer?.group ?? 'cert-manager.io',
          kind: issuer?.kind ?? 'Issuer',
          name: issuer?.name ?? metadata.name,
        },
        dnsNames: [`${service}.${namespace}.svc`],
        usages: ['server auth'],
        // The only kind of key that the webhook can read.
        privateKey: { algorithm: 'RSA', encoding: 'PKCS1' },
        duration: duration && `${duration.toSeconds()}s`,
        renewBefore: renewBefore && `${renewBefore.toSeconds()}s`,
      },
    });
    return {
      args: ['--enable-cert-manager=true'],
      secretVerbs: ['get'],
      configurationAnnotations: { 'cert-manager.io/inject-ca-from': `${namespace}/${metadata.name}` },
      writesCaBundle: false,
    };
  }
}
