/** A request whose body came before it was made. To put it into a stream of the web platform, and out again, takes longer than most of what programs ask. */
export class WholeRequest extends Request {
  readonly whole: Buffer;

  constructor(url: URL, init: Omit<RequestInit, "body">, whole: Buffer) {
    super(url, init);
    this.whole = whole;
  }
}
