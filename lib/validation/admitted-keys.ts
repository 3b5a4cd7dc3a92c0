import { annotationOf, PARAMETER_KIND } from '../admission-guard/guard-parameters';
import { fieldOf, listOf, textOf, textsOf } from '../manifests/manifest-fields';
import { nameOf, namespaceOf } from '../manifests/manifest-names';
import { manifestsOf, ValidatedProgram } from './validated-program';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The keys of Spark's configuration that the owner of a namespace names, as the admission guard has them. */
export function admittedKeys(program: ValidatedProgram, namespace: string): string[] {
  const references = manifestsOf(program, 'ValidatingAdmissionPolicyBinding')
    .filter((binding) =>
      listOf(binding, 'spec', 'matchResources', 'namespaceSelector', 'matchExpressions').some(
        (expression) =>
          textOf(expression, 'key') === NAME_LABEL &&
          textOf(expression, 'operator') === 'In' &&
          textsOf(expression, 'values').includes(namespace),
      ),
    )
    .map((binding) => fieldOf(binding, 'spec', 'paramRef'));
  const isReferred = (name: string, at: string): boolean =>
    references.some((reference) => textOf(reference, 'name') === name && textOf(reference, 'namespace') === at);
  return manifestsOf(program, PARAMETER_KIND.kind)
    .filter((parameters) => isReferred(nameOf(parameters), namespaceOf(parameters)))
    .flatMap((parameters) =>
      (textOf(parameters, 'metadata', 'annotations', annotationOf('spark-conf')) ?? '').split('\n'),
    )
    .filter((key) => key !== '');
}
