import { forwardReferences } from '../../lib/kubernetes/variable-references';

describe('references among variables', () => {
  test.each([
    [[{ name: 'B', value: '$(A)' }, { name: 'A' }], [['B', 'A']]],
    [
      [{ name: 'B', value: 'x-$(A)-$(C)' }, { name: 'A' }, { name: 'C' }],
      [
        ['B', 'A'],
        ['B', 'C'],
      ],
    ],
    [[{ name: 'A', value: '$(A)' }], [['A', 'A']]],
    [[{ name: 'B', value: '$$$(A)' }, { name: 'A' }], [['B', 'A']]],
  ])('%j stay where they come too early: %j (case 17)', (variables, found) => {
    expect(forwardReferences(variables)).toEqual(found);
  });

  test.each([
    [[{ name: 'A' }, { name: 'B', value: '$(A)' }]],
    [[{ name: 'B', value: '$$(A)' }, { name: 'A' }]],
    [[{ name: 'B', value: '$(OTHER)' }]],
    [
      [
        { name: 'A', value: 'x' },
        { name: 'A', value: '$(A)/y' },
      ],
    ],
    [[{ name: 'B', value: '$A ${A}' }, { name: 'A' }]],
  ])('%j are replaced, or are none (case 17)', (variables) => {
    expect(forwardReferences(variables)).toEqual([]);
  });
});
