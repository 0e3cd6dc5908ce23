import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { WorkspaceRepository } from './workspace.repository.js';

const TOKEN = 'ab'.repeat(32);

let test: TestDatabase;
let workspaces: WorkspaceRepository;
beforeAll(async () => {
  test = await testDatabase();
  workspaces = new WorkspaceRepository(test.database);
});
afterAll(() => test.drop());

describe('the first workspace', () => {
  it('is created once, however often and however concurrently it is ensured', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => workspaces.ensureFirst('demo', TOKEN)));

    expect(new Set(ids).size).toBe(1);
    expect(await workspaces.findByToken(TOKEN)).toMatchObject({ workspaceId: ids[0], appId: 'demo' });
  });

  it('takes over a token that opened another workspace', async () => {
    await workspaces.ensureFirst('old', TOKEN);
    const id = await workspaces.ensureFirst('new', TOKEN);

    expect(await workspaces.findByToken(TOKEN)).toMatchObject({ workspaceId: id, appId: 'new' });
  });

  it('is not opened by any other token', async () => {
    expect(await workspaces.findByToken('cd'.repeat(32))).toBeUndefined();
  });
});

describe('a change of the rules', () => {
  it('moves the rules version of that workspace only, and only when its transaction commits', async () => {
    const id = await workspaces.ensureFirst('rules', TOKEN);
    const other = await workspaces.ensureFirst('other', 'ee'.repeat(32));
    await test.database.transaction((tx) => workspaces.bumpRules(id, tx));
    const undone = test.database.transaction(async (tx) => {
      await workspaces.bumpRules(id, tx);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');

    const versions = await test.database.query('SELECT id, rules_version FROM workspace WHERE id = ANY($1)', [
      [id, other],
    ]);
    expect(versions).toEqual(
      expect.arrayContaining([
        { id, rules_version: 1 },
        { id: other, rules_version: 0 },
      ]),
    );
  });
});
