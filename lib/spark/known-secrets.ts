/**
 * What the values of known keys are: keys of Spark and Hadoop, of the connectors for S3, Azure, Google Cloud and others, and
 * of catalogs. `*` matches anything. Keys of Hadoop are written without `spark.hadoop.`, keys of a catalog without
 * `spark.sql.catalog.NAME.`.
 *
 * @see https://spark.apache.org/docs/latest/security.html
 * @see https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-common/core-default.xml
 * @see https://hadoop.apache.org/docs/stable/hadoop-azure/abfs.html
 * @see https://github.com/GoogleCloudDataproc/hadoop-connectors/blob/master/gcs/CONFIGURATION.md
 * @see https://iceberg.apache.org/docs/latest/configuration/
 */
interface KnownKeys {
  readonly secret: readonly string[];
  readonly harmless: readonly string[];
}

export const KNOWN_SPARK_KEYS: KnownKeys = {
  secret: [
    'spark.authenticate.secret',
    'spark.cassandra.auth.password',
    'spark.connect.authenticate.token',
    'spark.es.net.http.auth.pass',
    'spark.kafka.clusters.*.sasl.jaas.config',
    'spark.kafka.clusters.*.ssl.key.password',
    'spark.kafka.clusters.*.ssl.keystore.password',
    'spark.kafka.clusters.*.ssl.truststore.password',
    'spark.kubernetes.authenticate.*oauthToken',
    'spark.redis.auth',
    'spark.ssl.*keyPassword',
    'spark.ssl.*keyStorePassword',
    'spark.ssl.*privateKeyPassword',
    'spark.ssl.*trustStorePassword',
  ],
  harmless: [
    'spark.authenticate.secret.*file',
    'spark.authenticate.secretBitLength',
    'spark.kafka.clusters.*.sasl.token.mechanism',
    'spark.kerberos.*',
    'spark.kubernetes.authenticate.*oauthTokenFile',
    'spark.kubernetes.container.image.pullSecrets',
    'spark.kubernetes.driver.secretKeyRef.*',
    'spark.kubernetes.driver.secrets.*',
    'spark.kubernetes.executor.secretKeyRef.*',
    'spark.kubernetes.executor.secrets.*',
    'spark.kubernetes.kerberos.tokenSecret.*',
    'spark.redaction.*',
    'spark.security.credentials.*',
    'spark.sql.redaction.*',
  ],
};

export const KNOWN_HADOOP_KEYS: KnownKeys = {
  secret: [
    'es.net.http.auth.pass',
    'fs.azure.account.key',
    'fs.azure.account.key.*',
    'fs.azure.account.oauth2.client.secret*',
    'fs.azure.account.oauth2.refresh.token',
    'fs.azure.account.oauth2.refresh.token.*',
    'fs.azure.account.oauth2.user.password*',
    'fs.azure.encryption.encoded.client-provided-key*',
    'fs.azure.sas.*',
    'fs.gs.auth.client.secret',
    'fs.gs.auth.refresh.token',
    'fs.gs.auth.service.account.private.key',
    'fs.gs.encryption.key',
    'fs.gs.proxy.password',
    'fs.oss.accessKeySecret',
    'fs.oss.securityToken',
    'fs.s3a.*secret.key',
    'fs.s3a.*session.token',
    'fs.s3a.access.key',
    'fs.s3a.bucket.*.access.key',
    'fs.s3a.*encryption.key',
    'fs.s3a.*proxy.password',
    'hadoop.security.group.mapping.ldap.*password',
    'javax.jdo.option.ConnectionPassword',
    'parquet.encryption.key.access.token',
    'parquet.encryption.key.list',
  ],
  harmless: [
    'fs.azure.account.keyprovider.*',
    'fs.azure.account.oauth2.client.endpoint*',
    'fs.azure.account.oauth2.client.id*',
    'fs.azure.account.oauth2.refresh.token.endpoint*',
    'fs.azure.account.oauth2.token.file*',
    'fs.azure.sas.token.provider.type*',
    'fs.azure.sas.token.renew.period.for.streams*',
    'fs.gs.auth.access.token.provider*',
    'fs.gs.auth.service.account.private.key.id',
    'fs.gs.encryption.key.hash',
    'fs.s3a.*assumed.role.credentials.provider*',
    'fs.s3a.*aws.credentials.provider*',
    'fs.s3a.*delegation.token.*',
    'fs.s3a.*security.credential.provider.path',
    'hadoop.security.credential.*',
    'hadoop.security.token.*',
    'hive.metastore.token.signature',
    'parquet.encryption.column.keys',
    'parquet.encryption.footer.key',
  ],
};

export const KNOWN_CATALOG_KEYS: KnownKeys = {
  secret: [
    '*authentication.oauth2.client-secret',
    '*authentication.token',
    'adls.auth.shared-key.account.key',
    'adls.connection-string.*',
    'adls.sas-token.*',
    'credential',
    'gcs.decryption-key',
    'gcs.encryption-key',
    'gcs.oauth2.token',
    'header.Authorization',
    'header.Cookie',
    'header.Proxy-Authorization',
    'header.X-Api-Key',
    'jdbc.password',
    'password',
    'rest.secret-access-key',
    'rest.session-token',
    's3.secret-access-key',
    's3.session-token',
    's3.sse.key',
    'token',
  ],
  harmless: [
    'adls.auth.shared-key.account.name',
    'adls.sas-token-expires-at-ms.*',
    'client.credentials-provider',
    'gcs.oauth2.refresh-credentials-*',
    'gcs.oauth2.token-expires-at',
    'header.X-Iceberg-Access-Delegation',
    'oauth2-server-uri',
    'rest.access-key-id',
    's3.access-key-id',
    's3.sse.md5',
    's3.sse.type',
    'token-exchange-enabled',
    'token-expires-in-ms',
    'token-refresh-enabled',
  ],
};

/** Keys with the name of a key in a key management service or, with customer keys (SSE-C), with the key itself. */
export const KEYS_OR_KEY_NAMES: readonly string[] = ['fs.s3a.*encryption.key', 's3.sse.key'];
