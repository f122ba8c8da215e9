import { agUiContracts } from '@/lib/ag-ui/contract';
import { batchAgents } from '@/lib/agents/batch-contract';
import { agentContracts } from '@/lib/agents/contract';
import { agentDraftContracts } from '@/lib/agents/draft/contract';
import { agentFileContracts } from '@/lib/agents/file/contract';
import { chatContracts } from '@/lib/chat/contract';
import { sharedChatContracts } from '@/lib/chat/visitors/contract';
import { codeContracts } from '@/lib/code/contract';
import { commentContracts } from '@/lib/comments/contract';
import { connectionContracts } from '@/lib/connections/contract';
import { dataTableContracts } from '@/lib/data-tables/contract';
import { experimentContracts } from '@/lib/experiments/contract';
import { fileContracts } from '@/lib/files/contract';
import { uploadContracts } from '@/lib/files/uploads/contract';
import { fromWordsContracts } from '@/lib/from-words/contract';
import { historyContracts } from '@/lib/history/contract';
import { lockContracts } from '@/lib/locks/contract';
import { mcpContracts } from '@/lib/mcp/contract';
import { memoryContracts } from '@/lib/memory/contract';
import { messageContracts } from '@/lib/messages/contract';
import { modelContracts } from '@/lib/models/contract';
import { notificationContracts } from '@/lib/notifications/contract';
import { notificationSettingsContracts } from '@/lib/notifications/settings-contract';
import { optimiseContracts } from '@/lib/optimise/contract';
import { peopleContracts } from '@/lib/people/contract';
import { passwordLinkContracts } from '@/lib/people/password-link';
import { profileContracts } from '@/lib/people/profile';
import { tourContracts } from '@/lib/people/tour';
import { runContracts } from '@/lib/runs/contract';
import { debugContracts } from '@/lib/runs/debug-contract';
import { searchContracts } from '@/lib/search/contract';
import { serviceContracts } from '@/lib/services/contract';
import { spendingContracts } from '@/lib/spending/contract';
import { suggestionContracts } from '@/lib/suggestions/contract';
import { toolContracts } from '@/lib/tools/contract';
import { triggerContracts } from '@/lib/triggers/contract';
import { formContracts } from '@/lib/triggers/forms/contract';
import { workflowContracts } from '@/lib/workflows/contract';
import { editContracts } from '@/lib/workflows/edits/edit-contract';
import { organiseContracts } from '@/lib/workflows/organise/contract';
import { trashContracts } from '@/lib/workflows/trash-contract';
import type { Contract } from './define-route';

/** Every contract of the product: what is not in here has no route, no docs and no permission. */
export const contracts: readonly Contract[] = [
  ...workflowContracts,
  ...fromWordsContracts,
  ...editContracts,
  ...organiseContracts,
  ...trashContracts,
  ...suggestionContracts,
  ...optimiseContracts,
  ...historyContracts,
  ...lockContracts,
  ...runContracts,
  ...debugContracts,
  ...triggerContracts,
  ...formContracts,
  ...agentContracts,
  ...agentDraftContracts,
  ...agentFileContracts,
  batchAgents,
  ...toolContracts,
  ...chatContracts,
  ...sharedChatContracts,
  ...commentContracts,
  ...notificationContracts,
  ...notificationSettingsContracts,
  ...modelContracts,
  ...spendingContracts,
  ...experimentContracts,
  ...connectionContracts,
  ...dataTableContracts,
  ...memoryContracts,
  ...messageContracts,
  ...serviceContracts,
  ...mcpContracts,
  ...codeContracts,
  ...agUiContracts,
  ...fileContracts,
  ...uploadContracts,
  ...peopleContracts,
  ...tourContracts,
  ...passwordLinkContracts,
  ...profileContracts,
  ...searchContracts,
];
