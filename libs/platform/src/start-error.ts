/** Something that whoever starts the process can put right: printed as its message alone, without a stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
