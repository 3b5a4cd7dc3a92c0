import { s3Place } from './stores/s3-storage';

/** The parts of an application's configuration that say where a location lies. */
export interface HadoopConfiguration {
  readonly sparkConf?: { readonly [key: string]: string };
  readonly hadoopConf?: { readonly [key: string]: string };
}

/**
 * The place of a location given as a URI, in the same form as that of a storage, so that the two can be compared.
 *
 * @returns undefined where it names no store
 */
export function configuredPlace(location: string, configuration: HadoopConfiguration): string | undefined {
  const { scheme, host, path } = /^(?<scheme>\w+):\/\/(?<host>[^/]+)(?<path>.*)$/s.exec(location)?.groups ?? {};
  if (scheme === undefined || host === undefined || path === undefined) return undefined;
  const store = scheme === 's3a' ? s3Place(host, endpointOf(host, configuration)) : `${scheme}://${host.toLowerCase()}`;
  return [store, ...path.split('/').filter((part) => part !== '' && part !== '.')].join('/');
}

function endpointOf(bucket: string, { sparkConf = {}, hadoopConf = {} }: HadoopConfiguration): string | undefined {
  const keys = [`fs.s3a.bucket.${bucket}.endpoint`, 'fs.s3a.endpoint'];
  return keys.map((key) => hadoopConf[key] ?? sparkConf[`spark.hadoop.${key}`]).find((value) => value !== undefined);
}
