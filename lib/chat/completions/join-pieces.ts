type Piece = { offset: number; text: string };

/**
 * Makes one text, which only grows, out of the pieces that a step streams. A piece may come again, and where the step asks
 * its model once more the text begins anew: then that follows after a blank line. `end` adds what is still missing of
 * the answer. Each gives what is to be sent next.
 */
export function joinPieces() {
  let sent = '';
  /** Where the text that is being streamed begins in what was sent. */
  let base = 0;
  const add = (text: string): string => {
    sent += text;
    return text;
  };
  const anew = (text: string): string => {
    if (sent === '' || text === '') return add(text);
    base = sent.length + 2;
    return add(`\n\n${text}`);
  };
  return {
    take({ offset, text }: Piece): string {
      const written = sent.slice(base);
      if (offset > written.length) return '';
      const known = written.slice(offset, offset + text.length);
      if (text.startsWith(known)) return add(text.slice(known.length));
      return offset === 0 ? anew(text) : '';
    },
    end(answer: string): string {
      const written = sent.slice(base);
      return answer.startsWith(written) ? add(answer.slice(written.length)) : anew(answer);
    },
  };
}
