import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CheckpointPlaces } from '../../lib/program/checkpoint-folders';
import { newChart } from '../job-namespace/manifests';

function problemsOf(...places: string[]): string[] {
  const chart: Chart = newChart();
  const found = new CheckpointPlaces();
  places.forEach((place, index) => found.add(new Construct(chart, `job-${index}`), place));
  return found.problems;
}

const REMEDY =
  ': give one of them another name, storage with another prefix, or another path in sparkConf; ' +
  'one that only reads has Checkpoint.readOnly';

describe('places of checkpoints', () => {
  test.each([
    [['s3a://b/p/n/a', 's3a://b/p/n/b']],
    [['s3a://b/p/n/a', 's3a://b/p/n/ab']],
    [['s3a://b/p/n/a', 'gs://b/p/n/a']],
    [['s3a://b/p/n/a/v1', 's3a://b/p/n/a/v2']],
  ])('may be %j', (places) => {
    expect(problemsOf(...places)).toEqual([]);
  });

  test('are one application’s each', () => {
    expect(problemsOf('s3a://b/p/n/a', 's3a://b/p/n/a')).toEqual([
      `test/job-0 and test/job-1 write one checkpoint, s3a://b/p/n/a${REMEDY}`,
    ]);
  });

  test('do not lie inside of each other, in whichever order they come', () => {
    const fault = `test/job-0 and test/job-1 write checkpoints one inside of the other, in s3a://b/p/n/a${REMEDY}`;
    expect(problemsOf('s3a://b/p/n/a', 's3a://b/p/n/a/n/c')).toEqual([fault]);
    expect(problemsOf('s3a://b/p/n/a/n/c', 's3a://b/p/n/a')).toEqual([fault]);
  });
});
