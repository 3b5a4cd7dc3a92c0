import { ReportRight } from '../../lib/report/report-data';
import { firstOf, gistOf, phrasesOf, shortPhrases } from '../../lib/report/words';

function right(resource: string, verbs: string[], names: string[] = []): ReportRight {
  return { apiGroup: '', resource, verbs, names };
}

describe('phrases', () => {
  test.each<[ReportRight[], string[]]>([
    [[right('pods', ['get', 'list', 'watch'])], ['reads pods']],
    [[right('pods', ['patch', 'update', 'deletecollection'])], ['changes, deletes pods']],
    [[right('configmaps', ['create']), right('secrets', ['create'])], ['creates secrets, config maps']],
    [
      [right('pods', ['get']), right('secrets', ['*'])],
      ['does anything with secrets', 'reads pods'],
    ],
    [
      [right('sparkapplications/status', ['get']), right('sparkconnects/status', ['get'])],
      ['reads status of Connect servers and applications'],
    ],
    [[right('leases', ['update'], ['lock', 'key'])], ['changes leases "lock", "key"']],
    [[right('roles', ['bind', 'escalate'])], ['bind, escalate roles']],
    [[right('/metrics', ['get'])], ['reads /metrics']],
    [[], []],
  ])('%j are %j', (rows, phrases) => {
    expect(phrasesOf(rows)).toEqual(phrases);
  });

  test('say how many are left out', () => {
    const rows = [right('pods', ['get']), right('services', ['create']), right('events', ['patch'])];
    expect(shortPhrases(rows, 3)).toHaveLength(3);
    expect(shortPhrases(rows, 2)).toEqual(['reads pods', 'and 2 more rights']);
  });
});

describe('the gist', () => {
  test.each<[string, string[], string]>([
    ['*', ['*'], 'does anything'],
    ['*', ['get'], 'reads everything'],
    ['secrets', ['list'], 'reads secrets'],
    ['secrets', ['delete'], 'deletes secrets'],
    ['serviceaccounts/token', ['create'], 'reads secrets'],
    ['rolebindings', ['create'], 'changes rights'],
    ['clusterroles', ['escalate'], 'changes rights'],
    ['sparkapplications', ['create'], 'submits'],
    ['sparkapplications', ['patch'], 'changes applications'],
    ['pods', ['*'], 'creates pods, changes pods'],
    ['pods/exec', ['create'], 'enters pods'],
    ['pods/log', ['get'], 'reads logs'],
  ])('of %s %j is "%s"', (resource, verbs, gist) => {
    expect(gistOf([right(resource, verbs)])).toBe(gist);
  });
});

test('a long list names the first and counts the others', () => {
  expect(firstOf(['a', 'b'], 2)).toBe('a, b');
  expect(firstOf(['a', 'b', 'c', 'd'], 2, '; ')).toBe('a; b and 2 more');
});
