import { AccessSubject } from '../access/rbac/access-question';
import { describeSubject } from '../access/rbac/rbac-subjects';
import { ExplainedProgram } from './explained-program';
import { Explanation } from './explanation';
import { grantedStorage } from './granted-storage';
import { explainKnownText } from './known-failure';
import { CLOUD_TEXTS } from './known-texts/cloud-texts';
import { KnownText } from './known-texts/known-text';
import { listed } from './phrases';

/** Explains what an object store refuses. */
export function explainCloudStorage(text: string, program: ExplainedProgram, general: boolean): Explanation[] {
  return CLOUD_TEXTS.filter((known) => (known.general === true) === general).flatMap((known) =>
    explanations(known, text, program),
  );
}

function explanations(known: KnownText, text: string, program: ExplainedProgram): Explanation[] {
  const match = known.pattern.exec(text);
  if (match === null) return [];
  const explanation = explainKnownText('cloud-storage', known, match);
  const principal = principalOf(match.groups?.principal);
  const { who, program: intended } = identityOf(principal, program);
  const named = { ...explanation, who: explanation.who ?? who, program: explanation.program ?? intended };
  const object = match.groups?.object;
  return [object === undefined ? named : grantedStorage({ object, changes: known.changes === true }, named, program)];
}

/** Without white space the word before an address is part of it; an ARN begins with `arn:`. */
function principalOf(text = ''): string | undefined {
  const address = /[a-z0-9][a-z0-9-]{0,62}@[a-z0-9.-]+$/.exec(text)?.[0];
  const role = /assumed-role\/([^/]+)/.exec(text)?.[1];
  return address ?? role ?? (text.startsWith('arn:') ? text : undefined);
}

function identityOf(principal: string | undefined, program: ExplainedProgram): Pick<Explanation, 'who' | 'program'> {
  if (principal === undefined) {
    return { who: 'the cloud identity of the driver or an executor; the text does not name it' };
  }
  const accounts = program.accountsOfCloudIdentity(principal);
  if (/-compute@developer\.gserviceaccount\.com$/.test(principal) || /node/i.test(principal)) {
    return {
      who: `${principal}, which looks like the identity of the nodes, not of the job: its account is bound to no cloud identity`,
      program: program.isGiven ? 'should not use it: every pod of the node has it' : undefined,
    };
  }
  if (accounts.length > 0) {
    return {
      who: `${principal}, the cloud identity of ${listed(accounts.map((account) => described(account, program)))}`,
      program: 'binds the account to that identity; what it may do stands in the cloud, not in the program',
    };
  }
  return {
    who: program.isGiven
      ? `${principal}, a cloud identity that no account of the program has by its annotations`
      : `the cloud identity ${principal}`,
  };
}

function described(account: AccessSubject, program: ExplainedProgram): string {
  const roles = program.rolesOf(account);
  return `${describeSubject(account)}${roles.length === 0 ? '' : ` (${listed(roles)})`}`;
}
