import { createHash, createHmac } from 'node:crypto';

/** Where a store that speaks the protocol of S3 is, and as whom it is asked. */
export interface S3Access {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** A request on a bucket or object. */
export interface S3Request {
  readonly method: 'DELETE' | 'GET' | 'PUT';
  /** Bucket, and key if any. */
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  readonly body?: string;
}

export interface S3Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks a store, signed with version 4: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
export async function askS3(access: S3Access, { method, path, query = {}, body = '' }: S3Request): Promise<S3Answer> {
  const url = new URL(`${access.endpoint}/${path}`);
  const parameters = Object.entries(query)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const headers = { 'x-amz-content-sha256': sha256(body), 'x-amz-date': time };
  const signed = Object.entries({ host: url.host, ...headers });
  const names = signed.map(([name]) => name).join(';');
  const request = [
    method,
    url.pathname,
    parameters,
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const scope = `${time.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const key = scope.split('/').reduce<string | Buffer>((above, part) => hmac(above, part), `AWS4${access.secretKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')).toString('hex');
  const answer = await fetch(parameters === '' ? url : `${url.href}?${parameters}`, {
    method,
    body: method === 'PUT' ? body : undefined,
    headers: {
      ...headers,
      // Tests wait for minutes between two requests, so that the store would close it.
      connection: 'close',
      authorization: `AWS4-HMAC-SHA256 Credential=${access.accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    },
  });
  return { status: answer.status, body: await answer.text() };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
