/**
 * Rules of buckets that clear leftovers.
 *
 * No rule expires or moves a current version by age: the files of a checkpoint that are read at the next start may be months
 * old.
 */

/** Longer than any upload of Spark takes. */
const UPLOAD_DAYS = 7;
/** How long what was deleted or replaced can be brought back. */
const OLD_VERSION_DAYS = 30;

export interface S3LifecycleRule {
  readonly ID: string;
  readonly Status: 'Enabled';
  readonly Filter: { readonly Prefix: string };
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number };
  readonly Expiration?: { readonly ExpiredObjectDeleteMarker: true };
}

/**
 * Clears multipart uploads that were never completed, beneath each path. The job needs no right for it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html
 */
export function s3UploadRules(paths: readonly string[]): S3LifecycleRule[] {
  return paths.map((path, index) => uploadRule(`abort-incomplete-uploads-${index + 1}`, `${path}/`));
}

/**
 * Rules of a new bucket with versioning: uploads, and what versioning keeps of deleted and replaced objects.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function s3BucketRules(): S3LifecycleRule[] {
  return [
    uploadRule('abort-incomplete-uploads', ''),
    {
      ID: 'expire-old-versions',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      NoncurrentVersionExpiration: { NoncurrentDays: OLD_VERSION_DAYS },
      // Removes only markers that no version is left behind.
      Expiration: { ExpiredObjectDeleteMarker: true },
    },
  ];
}

function uploadRule(id: string, prefix: string): S3LifecycleRule {
  return {
    ID: id,
    Status: 'Enabled',
    Filter: { Prefix: prefix },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: UPLOAD_DAYS },
  };
}

export interface GcsLifecycleRule {
  readonly action: { readonly type: 'AbortIncompleteMultipartUpload' | 'Delete' };
  readonly condition: {
    readonly age?: number;
    readonly daysSinceNoncurrentTime?: number;
    readonly withState?: 'ARCHIVED';
  };
}

/**
 * Rules of a new bucket with versioning.
 *
 * @see https://cloud.google.com/storage/docs/lifecycle
 */
export function gcsBucketRules(): GcsLifecycleRule[] {
  return [
    { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: UPLOAD_DAYS } },
    // Archived is what is not the current version.
    { action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: OLD_VERSION_DAYS, withState: 'ARCHIVED' } },
  ];
}
