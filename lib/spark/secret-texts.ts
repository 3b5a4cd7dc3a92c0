/** Parts of strings that are secrets whatever the name of the setting. The group `secret` captures them. */
const SECRET_TEXTS: readonly RegExp[] = [
  // https://user:password@host
  /[a-z][a-z0-9+.-]*:\/\/[^\s/:@?#]*:(?<secret>[^\s/@?#]+)@/gi,
  // jdbc:postgresql://host/db?password=x, and https://account.blob.core.windows.net/x?sig=x
  /(?:^jdbc:|:\/\/)\S*?[?;&](?:password|passwd|pwd|sig|access_token|api[-_]?key|secret)=(?<secret>[^&;\s"']+)/gi,
  // jdbc:oracle:thin:user/password@//host
  /^jdbc:oracle:\w+:[^\s/@]+\/(?<secret>[^\s/@]+)@/gi,
  // Connection strings of Azure
  /(?:AccountKey|SharedAccessKey|SharedAccessSignature)=(?<secret>[^;\s]+)/gi,
  // JAAS configuration, as Kafka clients use it
  /LoginModule\s[^;]*\bpassword\s*=\s*["']?(?<secret>[^"';\s]+)/gi,
  // The value of an Authorization header
  /^(?:Bearer|Basic)\s+(?<secret>\S+)$/gi,
  /(?<secret>-----BEGIN [A-Z ]*PRIVATE KEY-----)/g,
];

/** A part of every string that can match; most strings have none and need no closer look. */
const TELLING = /[@=]|^bearer|^basic|-----BEGIN/i;

/**
 * Whether a string contains a secret: an address with a password, a connection string, a private key.
 *
 * @param text the string
 * @param reference references that the reader replaces; they are not secrets
 */
export function hasSecretInText(text: string, reference: RegExp | undefined): boolean {
  return (
    TELLING.test(text) &&
    SECRET_TEXTS.some((form) =>
      [...text.matchAll(form)].some(({ groups }) => reference?.test(groups?.secret ?? '') !== true),
    )
  );
}
