import { Injectable, type PipeTransform } from '@nestjs/common';
import { type Id, isId } from '#domain';
import { contactNotFound } from '#pipeline';

/** Takes a contact's id out of a path. What cannot be one names no contact. */
@Injectable()
export class ContactIdPipe implements PipeTransform<string, Id> {
  transform(value: string): Id {
    if (isId(value)) return value;
    throw contactNotFound();
  }
}
