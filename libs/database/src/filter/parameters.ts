/** The parameters of a statement, in the order in which they were added. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The place of a value in the statement: `$3::text`. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
