/** What a feed says, whatever its format. */
export type FeedItem = {
  /** The same each time that the feed is read. */
  id: string;
  title: string | null;
  link: string | null;
  /** When it came out, in UTC. */
  date: string | null;
  author: string | null;
  /** Plain text. */
  summary: string | null;
  /** As the feed has it, mostly HTML. */
  content: string | null;
  categories: string[];
  files: { url: string; mediaType: string | null; size: number | null }[];
};

export type Feed = {
  format: 'rss' | 'atom' | 'json';
  title: string | null;
  link: string | null;
  description: string | null;
  items: FeedItem[];
};

/** An item as its format has it, with what it may be known by, the best first. */
export type RawItem = Omit<FeedItem, 'id' | 'date' | 'summary'> & {
  ids: (string | null | undefined)[];
  date: string | null | undefined;
  /** May be HTML. */
  summary: string | null | undefined;
};
export type RawFeed = Omit<Feed, 'items'> & { items: RawItem[] };
