import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError, type Id, isId } from '#domain';

/** Takes an id out of a path. What cannot be an id names nothing. */
@Injectable()
export class IdPipe implements PipeTransform<string, Id> {
  transform(value: string): Id {
    if (isId(value)) return value;
    throw notFound(value);
  }
}

/** What was looked for by its id. Throws not_found when it is not there. */
export function found<T>(thing: T | null | undefined, id: Id): T {
  if (thing === null || thing === undefined) throw notFound(id);
  return thing;
}

const notFound = (id: string): DomainError => new DomainError('not_found', `Nothing here has the id ${id}`);
