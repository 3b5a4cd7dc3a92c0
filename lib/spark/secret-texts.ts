/** A part of a text that is a secret in itself, whatever the name of the text. The group `secret` holds it. */
const SECRET_TEXTS: readonly RegExp[] = [
  // https://user:password@host
  /[a-z][a-z0-9+.-]*:\/\/[^\s/:@?#]*:(?<secret>[^\s/@?#]+)@/gi,
  // jdbc:postgresql://host/db?password=x, and https://account.blob.core.windows.net/x?sig=x
  /(?:^jdbc:|:\/\/)\S*?[?;&](?:password|passwd|pwd|sig|access_token|api[-_]?key|secret)=(?<secret>[^&;\s"']+)/gi,
  // jdbc:oracle:thin:user/password@//host
  /^jdbc:oracle:\w+:[^\s/@]+\/(?<secret>[^\s/@]+)@/gi,
  // Connection strings of Azure
  /(?:AccountKey|SharedAccessKey|SharedAccessSignature)=(?<secret>[^;\s]+)/gi,
  // JAAS, as Kafka's clients have it
  /LoginModule\s[^;]*\bpassword\s*=\s*["']?(?<secret>[^"';\s]+)/gi,
  // The value of a header
  /^(?:Bearer|Basic)\s+(?<secret>\S+)$/gi,
  /(?<secret>-----BEGIN [A-Z ]*PRIVATE KEY-----)/g,
];

/** What any of them has in it: most texts have nothing of the kind, and need no closer look. */
const TELLING = /[@=]|^bearer|^basic|-----BEGIN/i;

/**
 * Whether a text has a secret in it: an address with a password, a connection string, a private key.
 *
 * @param text the text
 * @param reference what its reader replaces, which is no secret
 */
export function hasSecretInText(text: string, reference: RegExp | undefined): boolean {
  return (
    TELLING.test(text) &&
    SECRET_TEXTS.some((form) =>
      [...text.matchAll(form)].some(({ groups }) => reference?.test(groups?.secret ?? '') !== true),
    )
  );
}
