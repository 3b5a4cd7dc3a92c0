import * as https from 'node:https';
import { kubectl } from './support';

/** Whoever asks: with a token, or with a client certificate. */
export interface Credentials {
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The message of a refusal, else the whole text. */
  readonly message: string;
  /** What the API server warns of. */
  readonly warnings: string;
}

interface KubeConfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string };
  }[];
  readonly users: readonly {
    readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string };
  }[];
}

/** Requests to the API server of KUBECONFIG as they are, without kubectl's checks and its time. */
export class ApiServer {
  private readonly server: string;
  private readonly ca: string;
  private readonly agents = new Map<Credentials, https.Agent>();
  public readonly admin: Credentials;

  public constructor() {
    const config = JSON.parse(kubectl(['config', 'view', '--raw', '--minify', '-o', 'json'])) as KubeConfig;
    const [{ cluster }] = config.clusters;
    const [{ user }] = config.users;
    this.server = cluster.server;
    this.ca = decoded(cluster['certificate-authority-data']);
    this.admin = { cert: decoded(user['client-certificate-data']), key: decoded(user['client-key-data']) };
  }

  public ask(credentials: Credentials, request: Request): Promise<Answer> {
    const { token, cert, key } = credentials;
    const agent = this.agents.get(credentials) ?? new https.Agent({ keepAlive: true, ca: this.ca, cert, key });
    this.agents.set(credentials, agent);
    const headers = {
      'Content-Type': request.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...request.headers,
    };
    return new Promise((resolve, reject) => {
      const sent = https.request(
        `${this.server}${request.path}`,
        { agent, headers, method: request.method },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part: string) => (text += part));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              text,
              message: messageOf(text),
              warnings: String(answer.headers.warning ?? ''),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(request.body === undefined ? undefined : JSON.stringify(request.body));
    });
  }

  public close(): void {
    for (const agent of this.agents.values()) agent.destroy();
  }
}

/** The same request, after which nothing is changed. */
export function dryRun<T extends Request>(request: T): T {
  if (request.method === 'GET') return request;
  return { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}dryRun=All` };
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
