/** What a provider needs for its calls. Lives as long as one of them. */
export type Access = {
  /** Empty where a server wants none. */
  key: string;
  baseUrl: string;
  /** The egress client's. */
  fetch: typeof fetch;
};
