import { Setting, SettingPlace } from '../../lib/spark/plain-secrets';

/** A value that is no reference, number or address. */
export const VALUE = 'c2VjcmV0LXZhbHVl';

function settings(place: SettingPlace, names: string): Setting[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => ({ place, name, value: VALUE }));
}

/** Settings whose values are secrets, as their documentation says. */
export const SECRETS: readonly Setting[] = [
  ...settings(
    'sparkConf',
    `
    spark.authenticate.secret
    spark.ssl.keyPassword spark.ssl.keyStorePassword spark.ssl.trustStorePassword spark.ssl.ui.keyPassword
    spark.ssl.historyServer.privateKeyPassword
    spark.kafka.clusters.a.ssl.keystore.password spark.kafka.clusters.a.ssl.key.password
    spark.kafka.clusters.a.ssl.truststore.password
    spark.connect.authenticate.token
    spark.redis.auth spark.cassandra.auth.password spark.es.net.http.auth.pass
    spark.acme.clientSecret spark.acme.apiKey spark.acme.db.password
    spark.hadoop.fs.s3a.secret.key spark.hadoop.fs.s3a.session.token spark.hadoop.fs.s3a.bucket.my.data.secret.key
    spark.hadoop.fs.azure.sas.logs.acme.dfs.core.windows.net spark.hadoop.fs.azure.account.key.acme.dfs.core.windows.net
    spark.sql.catalog.lake.token spark.sql.catalog.lake.credential spark.sql.catalog.lake.header.Authorization
    spark.sql.catalog.lake.header.X-Api-Key spark.sql.catalog.lake.s3.secret-access-key
    spark.sql.catalog.lake.s3.session-token spark.sql.catalog.lake.s3.sse.key spark.sql.catalog.lake.gcs.oauth2.token
    spark.sql.catalog.lake.gcs.encryption-key spark.sql.catalog.lake.gcs.decryption-key
    spark.sql.catalog.lake.adls.sas-token.acme.dfs.core.windows.net
    spark.sql.catalog.lake.adls.connection-string.acme.dfs.core.windows.net
    spark.sql.catalog.lake.adls.auth.shared-key.account.key spark.sql.catalog.lake.rest.secret-access-key
    spark.sql.catalog.lake.jdbc.password spark.sql.catalog.pg.password
    spark.sql.catalog.n.authentication.token spark.sql.catalog.n.authentication.oauth2.client-secret
    `,
  ),
  ...settings(
    'hadoopConf',
    `
    fs.s3a.access.key fs.s3a.secret.key fs.s3a.session.token fs.s3a.encryption.key fs.s3a.server-side-encryption.key
    fs.s3a.bucket.acme.encryption.key fs.s3a.bucket.acme.access.key fs.s3a.proxy.password
    fs.azure.account.key fs.azure.account.key.acme.blob.core.windows.net
    fs.azure.sas.logs.acme.blob.core.windows.net fs.azure.sas.fixed.token.acme.dfs.core.windows.net
    fs.azure.account.oauth2.client.secret fs.azure.account.oauth2.client.secret.acme.dfs.core.windows.net
    fs.azure.account.oauth2.user.password fs.azure.account.oauth2.refresh.token
    fs.azure.encryption.encoded.client-provided-key
    fs.gs.auth.client.secret fs.gs.auth.refresh.token fs.gs.auth.service.account.private.key fs.gs.encryption.key
    fs.gs.proxy.password fs.oss.accessKeySecret fs.oss.securityToken
    hadoop.security.group.mapping.ldap.bind.password javax.jdo.option.ConnectionPassword
    parquet.encryption.key.list parquet.encryption.key.access.token es.net.http.auth.pass
    `,
  ),
  ...settings(
    'environment',
    `
    PASSWORD DB_PASSWORD PGPASSWORD MYSQL_PWD dbPassword DB_PASSWORDS GITHUB_TOKEN GITHUB_TOKEN_2
    AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN API_KEY APIKEY OPENAI_API_KEY AZURE_CLIENT_SECRET AZURE_STORAGE_KEY_SECRET
    GOOGLE_CREDENTIALS KEYSTORE_PASSPHRASE STRIPE_SECRET_KEY JWT_PRIVATE_KEY SNOWFLAKE_PRIVATE_KEY_PASSPHRASE
    SLACK_BOT_TOKEN TOKEN_FILE_PASSWORD PASSWORD_PROD HTTP_AUTHORIZATION DATA_ENCRYPTION_KEY
    `,
  ),
];

/** Settings whose values are none, though some of their words look so. */
export const NO_SECRETS: readonly Setting[] = [
  ...settings(
    'sparkConf',
    `
    spark.security.credentials.retryWait spark.security.credentials.renewalRatio
    spark.security.credentials.hive.enabled spark.security.credentials.hbase.enabled
    spark.authenticate.secret.file spark.authenticate.secret.driver.file spark.authenticate.secretBitLength
    spark.kafka.clusters.a.sasl.token.mechanism spark.kafka.clusters.a.auth.bootstrap.servers
    spark.kerberos.keytab spark.kerberos.principal spark.kerberos.renewal.credentials
    spark.kubernetes.kerberos.tokenSecret.name spark.kubernetes.kerberos.tokenSecret.itemKey
    spark.kubernetes.driver.secretKeyRef.DB_PASSWORD spark.kubernetes.executor.secrets.db-password
    spark.kubernetes.container.image.pullSecrets spark.kubernetes.authenticate.driver.oauthTokenFile
    spark.redaction.regex spark.sql.redaction.options.regex spark.sql.shuffle.partitions
    spark.io.encryption.keySizeBits spark.network.crypto.cipher spark.ssl.keyStore spark.ssl.keyStoreType
    spark.hadoop.fs.s3a.aws.credentials.provider spark.hadoop.fs.s3a.delegation.token.binding
    spark.hadoop.fs.s3a.bucket.acme.aws.credentials.provider spark.hadoop.fs.s3a.connection.maximum
    spark.sql.catalog.lake.gcs.oauth2.token-expires-at spark.sql.catalog.lake.token-refresh-enabled
    spark.sql.catalog.lake.token-exchange-enabled spark.sql.catalog.lake.token-expires-in-ms
    spark.sql.catalog.lake.oauth2-server-uri spark.sql.catalog.lake.header.X-Iceberg-Access-Delegation
    spark.sql.catalog.lake.s3.access-key-id spark.sql.catalog.lake.rest.access-key-id
    spark.sql.catalog.lake.client.credentials-provider spark.sql.catalog.lake.s3.sse.type
    spark.sql.catalog.lake.adls.auth.shared-key.account.name
    spark.sql.catalog.lake.gcs.oauth2.refresh-credentials-endpoint
    `,
  ),
  ...settings(
    'hadoopConf',
    `
    fs.s3a.delegation.token.binding fs.s3a.delegation.token.endpoint fs.s3a.aws.credentials.provider
    fs.s3a.assumed.role.credentials.provider fs.s3a.security.credential.provider.path fs.s3a.encryption.algorithm
    fs.azure.account.oauth2.client.id fs.azure.account.oauth2.client.endpoint fs.azure.account.oauth2.token.file
    fs.azure.account.oauth2.refresh.token.endpoint fs.azure.sas.token.provider.type.acme.dfs.core.windows.net
    fs.azure.account.keyprovider.acme.dfs.core.windows.net fs.azure.account.auth.type
    fs.azure.account.oauth.provider.type fs.gs.auth.service.account.private.key.id
    fs.gs.auth.service.account.json.keyfile fs.gs.auth.access.token.provider.impl fs.gs.encryption.key.hash
    fs.gs.token.server.url hadoop.security.credential.provider.path hadoop.security.token.service.use_ip
    hive.metastore.token.signature parquet.encryption.footer.key parquet.encryption.column.keys
    dfs.block.access.token.enable dfs.namenode.delegation.token.max-lifetime
    yarn.resourcemanager.delegation.token.renew-interval mapreduce.job.credentials.binary.path
    hive.cluster.delegation.token.store.class
    `,
  ),
  ...settings(
    'environment',
    `
    DB_SECRET_ARN DB_SECRET_NAME TOKEN_ISSUER TOKEN_AUDIENCE TOKEN_URL TOKEN_FILE TOKEN_EXPIRES_AT TOKEN_LIFETIME_SECONDS
    AWS_ACCESS_KEY_ID AWS_WEB_IDENTITY_TOKEN_FILE AZURE_FEDERATED_TOKEN_FILE GOOGLE_APPLICATION_CREDENTIALS_PATH
    SECRET_MANAGER_PROJECT PASSWORD_FILE PASSWORD_MIN_LENGTH PASSWORD_POLICY MAX_TOKENS TOKENIZER KEY MODE SECRETARY
    CREDENTIAL_STORE API_KEY_HEADER OAUTH_TOKEN_ENDPOINT ENCRYPTION_KEY_ALIAS SECRETS_PROVIDER_REGION
    `,
  ),
];
