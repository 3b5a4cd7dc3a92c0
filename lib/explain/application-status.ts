import { fieldOf, textOf } from '../manifests/manifest-fields';
import { Manifest, parseManifests } from '../manifests/manifest-source';
import { ExplainedProgram } from './explained-program';
import { Explanation } from './explanation';
import { quote, variableOf } from './typescript';

const GROUP = 'sparkoperator.k8s.io/';

/** The applications that a text consists of, as `kubectl get -o json` or `-o yaml` writes them. */
export function applicationsIn(text: string): Manifest[] {
  if (!text.includes(GROUP) || !/^\s*(\{|apiVersion:|---)/.test(text)) return [];
  return parseManifests('text', text)
    .manifests.map(({ manifest }) => manifest)
    .filter((manifest) => textOf(manifest, 'apiVersion')?.startsWith(GROUP) === true);
}

/** What the operator says of an application: the messages of its status. */
export function statusMessages(application: Manifest): string[] {
  const messages = [
    textOf(application, 'status', 'applicationState', 'errorMessage'),
    textOf(application, 'status', 'reason'),
  ];
  return messages.filter((message) => message !== undefined);
}

/** Explains what the state itself says, without a message: that no operator watches it, or that nothing has failed. */
export function explainState(application: Manifest, program: ExplainedProgram): Explanation[] {
  const name = textOf(application, 'metadata', 'name') ?? '';
  const namespace = textOf(application, 'metadata', 'namespace') ?? 'default';
  const state =
    textOf(application, 'status', 'applicationState', 'state') ??
    textOf(application, 'status', 'scheduleState') ??
    textOf(application, 'status', 'state') ??
    '';
  const what = `the application "${name}" of namespace "${namespace}"`;
  if (state === '' && fieldOf(application, 'spec', 'suspend') !== true) return [unwatched(what, namespace, program)];
  if (!['COMPLETED', 'RUNNING', 'SUBMITTED', 'Scheduled', 'Ready'].includes(state)) return [];
  return [
    {
      kind: 'application',
      what: `${what} is ${state}: nothing has failed`,
      who: 'nobody lacks anything, as far as the state tells',
      advice: 'nothing is to be done',
    },
  ];
}

function unwatched(what: string, namespace: string, program: ExplainedProgram): Explanation {
  const watched = program.isWatched(namespace);
  return {
    kind: 'application',
    what: `${what} has no state: the operator has not looked at it`,
    who: "the operator's controller",
    lacks: 'an operator that runs and watches the namespace',
    program:
      watched === undefined
        ? undefined
        : `${watched ? 'has' : 'does not have'} the namespace among those of its operator`,
    advice:
      watched === true
        ? 'apply the program, and look whether the controller runs: kubectl -n spark-operator get pods'
        : 'register the namespace with the operator; synth refuses an application in a namespace that no operator of the program watches',
    remedies:
      watched === true
        ? []
        : [
            {
              when: `the program has no job namespace "${namespace}" yet`,
              code: `const ${variableOf(namespace)} = new SparkJobNamespace(chart, ${quote(namespace)});`,
            },
            { code: `operator.addJobNamespace(${variableOf(namespace)});` },
          ],
    variables: 'chart is the chart that it is in, operator the SparkOperator',
  };
}
