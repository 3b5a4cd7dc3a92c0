import { knownTexts } from './known-text';

/** cdk8s itself. */
export const PROGRAM_TEXTS = knownTexts([
  {
    pattern: /unable to execute 'helm' to render Helm chart/i,
    what: "cdk8s' Helm construct calls the program helm, which is not installed",
    who: 'whoever runs synth; no right is missing',
    lacks: 'the program helm, or no need of it',
    advice: 'SparkOperator writes plain manifests and calls no other program: use it in place of the chart',
    code: "new SparkOperator(chart, 'operator', { jobNamespaces: [jobNamespace] });",
  },
  {
    pattern: /STRIPPED_BY_CDK8S | only enums with string or number values are supported/,
    what: "cdk8s import cannot turn the operator's definitions into types",
    who: 'whoever runs cdk8s import; no right is missing',
    lacks: 'nothing: the types are in this library',
    advice:
      'import nothing: use SparkApplication, SecureSparkApplication and ScheduledSparkApplication, which are typed',
    code: "import { SecureSparkApplication } from 'cdk8s-spark';",
  },
]);
