export function startProduct(
  logFile: string,
  more?: Readonly<Record<string, string>>,
): Promise<{
  stop(): Promise<void>;
  env: { E2E_URL: string; E2E_DATA_DIR: string; E2E_PID: string };
}>;
