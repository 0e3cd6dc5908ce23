import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../database.js';
import { Tag } from '../entities/tag.entity.js';

/** A tag as it is to be found or made. */
export interface TagName {
  readonly workspaceId: number;
  readonly name: string;
}

/** Names one tag of one workspace. */
export interface TagKey {
  readonly workspaceId: number;
  readonly id: number;
}

const COLUMNS = 'id, workspace_id AS "workspaceId", name';
const UNIQUE_VIOLATION = '23505';

/** Tags. Whoever attaches one holds its row's key, so that it cannot go in between. `at` is in unix seconds. */
@Injectable()
export class TagRepository {
  constructor(private readonly database: Database) {}

  /** By name. */
  list(workspaceId: number): Promise<Tag[]> {
    return this.database.entities.find(Tag, { where: { workspaceId }, order: { name: 'ASC' } });
  }

  find({ workspaceId, id }: TagKey): Promise<Tag | null> {
    return this.database.entities.findOneBy(Tag, { workspaceId, id });
  }

  /** The tag of this name, whatever the case. It stays until the transaction ends. */
  async named({ workspaceId, name }: TagName, tx: Transaction): Promise<Tag | undefined> {
    const [tag] = await tx.query<Tag>(
      `SELECT ${COLUMNS} FROM tag WHERE workspace_id = $1 AND lower(name) = lower($2) FOR KEY SHARE`,
      [workspaceId, name],
    );
    return tag;
  }

  /** The tag of this name, made if there is none: of many who ask at once, all get the same one. */
  async ensure(tag: TagName, at: number, tx: Transaction): Promise<Tag> {
    // Looked for first: an insert that finds a conflict would use up an id each time.
    const existing = await this.named(tag, tx);
    if (existing) return existing;
    const [made] = await tx.query<Tag>(
      `INSERT INTO tag (workspace_id, name, created_at) VALUES ($1, $2, to_timestamp($3))
       ON CONFLICT (workspace_id, lower(name)) DO UPDATE SET name = tag.name RETURNING ${COLUMNS}`,
      [tag.workspaceId, tag.name, at],
    );
    if (!made) throw new Error('A tag was neither found nor made');
    return made;
  }

  create(tag: TagName, at: number): Promise<Tag> {
    return this.database.transaction((tx) => this.ensure(tag, at, tx));
  }

  /** Answers `taken` when another tag has the name, undefined when there is no such tag. */
  async rename({ workspaceId, id }: TagKey, name: string): Promise<Tag | 'taken' | undefined> {
    try {
      const [renamed] = await this.database.query<Tag>(
        `UPDATE tag SET name = $3 WHERE workspace_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
        [workspaceId, id, name],
      );
      return renamed;
    } catch (error) {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return 'taken';
      throw error;
    }
  }

  /**
   * Takes a tag off everything and away, unless a segment's filter asks for it. Answers with the names of the segments
   * that do, undefined when there is no such tag.
   */
  remove(key: TagKey): Promise<string[] | undefined> {
    return this.database.transaction(async (tx) => {
      const [tag] = await tx.query('SELECT FROM tag WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
        key.workspaceId,
        key.id,
      ]);
      if (!tag) return undefined;
      const segments = await segmentsWith(key, tx);
      if (segments.length === 0) await removeUnused(key, tx);
      return segments;
    });
  }
}

/** A filter names a tag as a string or as a number, alone or in a list, however deep. */
async function segmentsWith({ workspaceId, id }: TagKey, tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `SELECT name FROM segment WHERE workspace_id = $1 AND deleted_at IS NULL AND jsonb_path_exists(filter,
       '$.** ? (@.field == "tag_id" && (@.value[*] == $text || @.value[*] == $number))',
       jsonb_build_object('text', $2::int::text, 'number', $2::int))
     ORDER BY name, id`,
    [workspaceId, id],
  );
  return rows.map(({ name }) => name);
}

async function removeUnused({ workspaceId, id }: TagKey, tx: Transaction): Promise<void> {
  for (const table of ['contact_tag', 'company_tag'])
    await tx.query(`DELETE FROM ${table} WHERE tag_id = $1 AND workspace_id = $2`, [id, workspaceId]);
  await tx.query('DELETE FROM tag WHERE id = $1 AND workspace_id = $2', [id, workspaceId]);
}
