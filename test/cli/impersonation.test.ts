import { impersonatedGroups } from '../../lib/cli/can-i';

const ALL = 'system:authenticated';

it.each([
  ['system:serviceaccount:team-1:x', [], ['system:serviceaccounts', 'system:serviceaccounts:team-1', ALL]],
  ['system:serviceaccount:team-1:x', ['devs'], ['devs', ALL]],
  ['system:serviceaccount:Team:x', [], [ALL]],
  ['system:serviceaccount:team-1', [], [ALL]],
  ['jane', [], [ALL]],
  ['jane', ['devs', ALL], ['devs', ALL]],
  ['jane', ['system:unauthenticated'], ['system:unauthenticated']],
  ['system:anonymous', [], ['system:unauthenticated']],
  ['system:anonymous', ['devs'], ['devs', 'system:unauthenticated']],
])('a request as %s with the groups %j carries %j', (user, given, expected) => {
  expect(impersonatedGroups(user, given)).toEqual(expected);
});
