import type { TagAnswer } from '#contracts';
import type { AppliedTag, Tag } from '#database';

/** A tag on the wire. */
export const tagObject = ({ id, name }: Pick<Tag, 'id' | 'name'>): TagAnswer => ({
  type: 'tag',
  id: `${id}`,
  name,
});

/** A tag on something. */
export const appliedTagObject = (tag: AppliedTag): TagAnswer => ({
  ...tagObject(tag),
  applied_at: Math.floor(tag.appliedAt),
  applied_by: tag.appliedBy === null ? null : { type: 'admin', id: `${tag.appliedBy}` },
});
