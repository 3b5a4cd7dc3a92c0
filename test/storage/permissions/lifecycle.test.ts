import { gcsBucketRules, s3BucketRules, s3UploadRules } from '../../../lib/storage/permissions/lifecycle';

describe('the rules that clear leftovers', () => {
  test('end uploads beneath each path of a bucket that is there already (row 41)', () => {
    expect(s3UploadRules(['checkpoints/JOB'])).toEqual([
      {
        ID: 'abort-incomplete-uploads-1',
        Status: 'Enabled',
        Filter: { Prefix: 'checkpoints/JOB/' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ]);
  });

  test('also clear old versions in a new bucket of S3, and touch no current object', () => {
    expect(s3BucketRules()).toEqual([
      {
        ID: 'abort-incomplete-uploads',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
      {
        ID: 'expire-old-versions',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        Expiration: { ExpiredObjectDeleteMarker: true },
      },
    ]);
  });

  test('delete nothing but archived versions in a new bucket of Cloud Storage', () => {
    expect(gcsBucketRules()).toEqual([
      { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
      { action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: 30, withState: 'ARCHIVED' } },
    ]);
  });
});
