import { k8s } from 'cdk8s-plus-28';
import { Overrides, secureRefusal, secureSpec, withTemplate } from '../fixtures';

const volumes: k8s.Volume[] = [{ name: 'mesh-certs', secret: { secretName: 'mesh' } }];
const annotated = (annotations: { [key: string]: string }): Overrides => ({
  executor: withTemplate({ volumes }, { annotations }),
});
const UNMOUNTED = 'test/sessions: executor: no container mounts volume "mesh-certs"; mount it or leave it out';

test.each([
  ['sidecar.istio.io/userVolumeMount', '[{"name":"mesh-certs","mountPath":"/etc/certs","readOnly":true}]'],
  ['sidecar.istio.io/userVolumeMount', '{"mesh-certs":{"mountPath":"/etc/certs"}}'],
  ['consul.hashicorp.com/consul-sidecar-user-volume-mount', '[{"name": "mesh-certs", "mountPath": "/a"}]'],
])('a volume that %s gives to an injected container is accepted: %s (case 18)', (key, value) => {
  const { spec } = secureSpec(annotated({ [key]: value })).executor.template;
  expect(spec.volumes).toContainEqual(volumes[0]);
});

test.each([
  ['of another volume', { 'sidecar.istio.io/userVolumeMount': '[{"name":"mesh-certs-2","mountPath":"/a"}]' }],
  ['of nobody who injects', { 'example.com/note': 'mesh-certs' }],
  ['with a domain that only ends alike', { 'notistio.io/userVolumeMount': '[{"name":"mesh-certs"}]' }],
])('a volume that no container mounts is refused with an annotation %s (case 18)', (_, annotations) => {
  expect(secureRefusal(annotated(annotations))).toBe(UNMOUNTED);
});
