export function startProduct(
  logFile: string,
  more?: Readonly<Record<string, string>>,
): Promise<{
  stop(): Promise<void>;
  url: string;
  dataDir: string;
  pid: number | undefined;
}>;
