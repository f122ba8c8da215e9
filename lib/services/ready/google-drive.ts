import type { ServicePages } from '../schema';
import { defineService, inBody, inPath, inQuery, json, must, operation } from './define-service';
import { googleAuth } from './google-auth';

const fileId = inPath('fileId', 'File', { description: 'The ID of a file or folder.' });
const shared = inQuery('supportsAllDrives', 'Shared drives too', {
  type: 'boolean',
  fallback: 'false',
});
const fields = inQuery('fields', 'Fields', {
  description: 'Such as id,name,webViewLink. Without it a few are given.',
});
const pages: ServicePages = {
  kind: 'cursor',
  items: ['files'],
  field: 'pageToken',
  next: ['nextPageToken'],
};
const file = { id: '', name: '', mimeType: '', kind: 'drive#file' };

export default defineService({
  name: 'google-drive',
  title: 'Google Drive',
  description: 'Files and folders, and who may see them.',
  aliases: ['file', 'folder', 'document'],
  docs: 'https://developers.google.com/workspace/drive/api/reference/rest/v3',
  serverUrl: 'https://www.googleapis.com',
  auth: [googleAuth('www.googleapis.com', ['drive', 'drive.file', 'drive.readonly'])],
  operations: [
    operation('list-files', 'Search files', 'GET /drive/v3/files', {
      pages,
      fields: [
        inQuery('q', 'Search', {
          description: "Such as name contains 'report' and trashed = false.",
        }),
        inQuery('orderBy', 'Order by', { description: 'Such as modifiedTime desc.' }),
        inQuery('pageSize', 'Per page', {
          type: 'integer',
          fallback: '100',
          description: 'At most 1,000.',
        }),
        inQuery('fields', 'Fields', {
          description: 'Such as nextPageToken, files(id, name, webViewLink).',
        }),
        inQuery('includeItemsFromAllDrives', 'Items of shared drives too', {
          type: 'boolean',
          fallback: 'false',
        }),
        shared,
        inQuery('pageToken', 'Page token'),
      ],
      returns: { kind: 'drive#fileList', nextPageToken: '', files: [file] },
    }),
    operation('get-file', 'Get a file’s details', 'GET /drive/v3/files/{fileId}', {
      fields: [fileId, fields, shared],
      returns: file,
    }),
    operation(
      'export-file',
      'Export a Google document as text',
      'GET /drive/v3/files/{fileId}/export',
      {
        description:
          'Documents as text/plain or text/markdown, spreadsheets as text/csv; at most 10 MB.',
        headers: { accept: '*/*' },
        fields: [
          fileId,
          inQuery('mimeType', 'Type', { ...must, description: 'Such as text/plain or text/csv.' }),
        ],
        returns: 'text',
      },
    ),
    operation('create-folder', 'Create a folder', 'POST /drive/v3/files', {
      body: { ...json, fixed: { mimeType: 'application/vnd.google-apps.folder' } },
      fields: [
        inBody('name', 'Name', must),
        inBody('parents', 'In folder', {
          type: 'list',
          description: 'The ID of the folder above.',
        }),
        shared,
      ],
      returns: file,
    }),
    operation('copy-file', 'Copy a file', 'POST /drive/v3/files/{fileId}/copy', {
      body: json,
      fields: [
        fileId,
        inBody('name', 'Name'),
        inBody('parents', 'In folder', { type: 'list' }),
        shared,
      ],
      returns: file,
    }),
    operation('update-file', 'Rename or move a file', 'PATCH /drive/v3/files/{fileId}', {
      body: json,
      fields: [
        fileId,
        inBody('name', 'Name'),
        inBody('trashed', 'In the trash', { type: 'boolean' }),
        inQuery('addParents', 'Add to folders', { type: 'list', style: 'comma' }),
        inQuery('removeParents', 'Take out of folders', { type: 'list', style: 'comma' }),
        shared,
      ],
      returns: file,
    }),
    operation('share-file', 'Share a file', 'POST /drive/v3/files/{fileId}/permissions', {
      body: json,
      fields: [
        fileId,
        inBody('type', 'With', { ...must, options: ['user', 'group', 'domain', 'anyone'] }),
        inBody('role', 'As', {
          ...must,
          options: ['reader', 'commenter', 'writer', 'fileOrganizer', 'organizer', 'owner'],
        }),
        inBody('emailAddress', 'Email', { description: 'Of the person or group.' }),
        inBody('domain', 'Domain'),
        inQuery('sendNotificationEmail', 'Tell them by email', { type: 'boolean' }),
        shared,
      ],
      returns: { id: '', type: 'user', role: 'reader' },
    }),
    operation('delete-file', 'Delete a file for good', 'DELETE /drive/v3/files/{fileId}', {
      description: 'Not into the trash.',
      fields: [fileId, shared],
      returns: '',
    }),
  ],
});
