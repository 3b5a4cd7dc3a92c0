import { textOf } from '../manifests/manifest-fields';
import { pinProblem } from '../kubernetes/image-reference';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { ApplicationView, podsOf } from './application-view';
import { allowedBy, unlessRelaxed } from './guard-conditions';
import { GuaranteeRule } from './guarantee-rule';
import { Guarantee } from './relaxation';
import { SparkRole } from '../spark/spark-role';

const code = Guarantee.PINNED_IMAGES;

export const PINNED_IMAGES: GuaranteeRule = {
  code,
  summary: 'pinned images',
  sentence: 'Images have a tag of their version, or a digest.',
  reason: 'A restart could run another program, which nobody has looked at.',
  fix: 'Write the version as the tag, or a digest.',
  relaxedBy: code,
  level: PodSecurityLevel.RESTRICTED,
  check: (application) =>
    imagesOf(application).flatMap(({ path, image, container, role }) => {
      const problem = pinProblem(image);
      const holder = container === undefined ? '' : `container "${container}": `;
      return problem === undefined ? [] : [{ path, code, message: `${holder}${problem}`, role }];
    }),
  guard: {
    topic: 'hardening',
    name: 'pinnedImages',
    offenders: `
      ${unlessRelaxed(code)}
        ? variables.imageFields
            .filter(i, !i.it.matches('@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$') &&
              (!i.it.matches('^([^@]*/)?[^/:@]+:[A-Za-z0-9_][A-Za-z0-9_.-]*$') || i.it.endsWith(':latest')))
            .map(i, i.at + ' "' + i.it + '"')
        : []`,
    refusal: 'may mean another image at the next start',
    remedy: `give it a tag of its version or a digest, or let the owner of the namespace allow ${allowedBy(code)}`,
  },
};

export interface NamedImage {
  readonly path: string;
  readonly image: string;
  /** The name of the container, if a container sets the image. */
  readonly container?: string;
  readonly role?: SparkRole;
}

/** All images of an application: of its specification, its roles and their containers. */
export function imagesOf(application: ApplicationView): NamedImage[] {
  const pods = podsOf(application);
  const places = [
    { at: application.at, fields: application.spec },
    ...pods.map(({ at, fields, role }) => ({ at, fields, role })),
    ...pods.flatMap(({ role, containers }) =>
      containers.map(({ at, fields, name }) => ({ at, fields, container: name, role })),
    ),
  ];
  return places.flatMap(({ at, fields, ...holder }) => {
    const image = textOf(fields, 'image');
    return image === undefined || image === '' ? [] : [{ ...holder, path: `${at}.image`, image }];
  });
}
