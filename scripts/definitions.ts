import { findingText } from '../lib/manifests/finding-codes';
import { readManifests } from '../lib/manifests/manifest-source';

// The definitions as JSON, which a program reads in no time.
const { manifests, findings } = readManifests(['crds']);
if (findings.length > 0) throw new Error(findings.map(findingText).join('\n'));
console.log(
  JSON.stringify(
    manifests.map(({ manifest }) => manifest),
    undefined,
    2,
  ),
);
