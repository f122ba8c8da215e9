import { McpServersPage } from '@/components/mcp/servers-page';

export const metadata = { title: 'MCP servers' };

export default function McpServerSettingsPage() {
  return <McpServersPage />;
}
