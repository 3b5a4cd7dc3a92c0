import * as fs from 'node:fs';
import { AccessQuestion } from '../access/rbac/access-question';
import { AccessReview } from '../access/access-review';
import { RbacFields } from '../access/rbac/rbac-fields';
import { textInManifest } from '../manifests/finding-codes';
import { CommandError, CommandIo } from './command-line';

const SPEC_FIELDS = ['user', 'groups', 'uid', 'extra', 'resourceAttributes', 'nonResourceAttributes'];
const RESOURCE_FIELDS = [
  ...['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'],
  ...['fieldSelector', 'labelSelector'],
];
const PATH_FIELDS = ['path', 'verb'];

/**
 * Answers the SubjectAccessReviews of a file: one `spec` as JSON a line in, one line of its `status` out. A line that is not a
 * question is answered too, so that each answer has the line number of its question.
 *
 * @returns 0, or 2 if a line is not a question
 * @see https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/subject-access-review-v1/
 */
export function answerReviews(file: string, review: AccessReview, io: CommandIo): number {
  const source = file === '-' ? 'standard input' : file;
  const lines = textOf(file, io).split('\n');
  while (lines.at(-1)?.trim() === '') lines.pop();
  let code = 0;
  let answers = '';
  for (const [index, line] of lines.entries()) {
    const { question, problems } = questionOf(line);
    for (const problem of problems) io.err(`${source}, line ${index + 1}: ${problem}\n`);
    if (question === undefined) {
      code = 2;
      answers += `${JSON.stringify({ allowed: false, reason: '', evaluationError: problems.join('; ') })}\n`;
    } else {
      const { allowed, reason } = review.can(question);
      answers += `${JSON.stringify({ allowed, reason })}\n`;
    }
  }
  io.out(answers);
  return code;
}

function textOf(file: string, io: CommandIo): string {
  if (file === '-') return io.readStandardInput();
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file}: cannot be read: ${(error as Error).message}`);
  }
}

/** Adds nothing and completes no name; without `question`, the line is not a question. */
function questionOf(line: string): { question?: AccessQuestion; problems: string[] } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { problems: [`is no JSON: ${(error as Error).message}`] };
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { problems: ['is no object; expected the spec of a SubjectAccessReview'] };
  }
  const fields = new RbacFields();
  const question = readQuestion(fields, value);
  return fields.refused.length > 0
    ? { problems: [...fields.refused, ...fields.misleading].map(textInManifest) }
    : { question, problems: fields.misleading.map(textInManifest) };
}

function readQuestion(fields: RbacFields, value: object): AccessQuestion {
  const spec = fields.object(value, '', SPEC_FIELDS);
  const user = fields.text(spec.user, 'user');
  const groups = fields.texts(spec.groups, 'groups');
  if (user === '' && groups.length === 0) fields.refuse('user', 'is missing; expected a user or groups');
  const hasResource = spec.resourceAttributes !== undefined && spec.resourceAttributes !== null;
  const hasPath = spec.nonResourceAttributes !== undefined && spec.nonResourceAttributes !== null;
  if (hasResource === hasPath) {
    fields.refuse(
      'resourceAttributes',
      `${hasPath ? 'stands beside' : 'is missing, like'} nonResourceAttributes; expected one of them`,
    );
  }
  const path = fields.object(spec.nonResourceAttributes, 'nonResourceAttributes', PATH_FIELDS);
  const text = (from: { readonly [field: string]: unknown }, parent: string, field: string): string =>
    fields.text(from[field], `${parent}.${field}`);
  if (hasPath) {
    const [verb, url] = ['verb', 'path'].map((field) => text(path, 'nonResourceAttributes', field));
    return { user, groups, verb, path: url };
  }
  const attributes = fields.object(spec.resourceAttributes, 'resourceAttributes', RESOURCE_FIELDS);
  const [verb, apiGroup, resource, subresource, name, namespace] = [
    ...['verb', 'group', 'resource', 'subresource', 'name', 'namespace'],
  ].map((field) => text(attributes, 'resourceAttributes', field));
  return { user, groups, verb, apiGroup, resource, subresource, name, namespace };
}
