import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { parse } from '#contracts';

/**
 * Checks what a parameter decorator names by its schema: `@Body({ schema: createContact })`. Nest's own pipe would drop
 * a custom attribute called `constructor` without a word, and cannot tell what is missing from what is wrong.
 */
@Injectable()
export class ContractPipe implements PipeTransform {
  transform(value: unknown, { schema }: ArgumentMetadata): unknown {
    return schema instanceof z.ZodType ? parse(schema, value ?? {}) : value;
  }
}
