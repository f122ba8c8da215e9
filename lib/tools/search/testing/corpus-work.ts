export const corpusOfWork = `
# GitHub
create_issue | Open a new issue in a repository with title, body, labels and assignees.
list_issues | List issues of a repository, filtered by state, label or assignee.
update_issue | Change title, body, state or labels of an issue.
add_issue_comment | Add a comment to an issue or pull request.
search_issues | Search issues and pull requests across repositories with a query.
create_pull_request | Open a pull request from a branch into another.
list_pull_requests | List pull requests of a repository.
merge_pull_request | Merge a pull request by merge, squash or rebase.
get_pull_request_diff | Get the diff of a pull request as text.
request_review | Ask people or teams to review a pull request.
get_file_contents | Read a file or directory of a repository at a ref.
create_or_update_file | Write one file in a repository as a commit.
create_branch | Create a branch from a commit or another branch.
list_commits | List commits of a branch with author and message.
create_release | Publish a release for a tag, with notes and files.
search_code | Find code across repositories by text, language or path.
list_workflow_runs | List runs of GitHub Actions workflows with their status.
rerun_workflow | Start a failed Actions workflow run again.
fork_repository | Fork a repository into an account or organization.
get_job_logs | Download the logs of an Actions job.

# Jira
create_ticket | Create an issue in a project with type, summary, description and priority.
get_ticket | Get all fields of an issue by its key.
transition_ticket | Move an issue to another status of its workflow.
assign_ticket | Assign an issue to a person.
search_jql | Search issues by a JQL expression.
add_worklog | Log time spent on an issue.
list_sprints | List sprints of a board with dates and state.
move_to_sprint | Put issues into a sprint.
create_sprint | Plan a new sprint on a board.
link_tickets | Link two issues, such as blocks or duplicates.
list_projects | List projects that one can see.
add_attachment | Attach a file to an issue.
get_board | Get columns and settings of a board.
create_version | Create a release version in a project.
list_watchers | List people who watch an issue.
add_watcher | Add a person who is told of changes of an issue.
get_changelog | Get who changed which field of an issue and when.
delete_ticket | Delete an issue and its subtasks for good.
bulk_edit | Change a field of many issues at once.
get_burndown | Get the burndown chart data of a sprint.

# Slack
post_message | Send a message to a channel or thread.
send_direct_message | Send a private message to a person.
list_channels | List public and private channels of the workspace.
read_channel | Read the latest messages of a channel.
search_messages | Search messages by words, sender, channel and date.
create_channel | Create a channel, public or private.
invite_to_channel | Invite people to a channel.
archive_channel | Archive a channel that is no longer used.
add_reaction | React to a message with an emoji.
upload_file | Share a file in a channel with a comment.
set_status | Set the status text and emoji of the user.
get_user_profile | Look up a member with name, title, email and time zone.
pin_message | Pin a message in a channel.
schedule_message | Send a message to a channel at a later time.
list_reminders | List reminders of the user.
add_reminder | Remind a person of something at a time.
get_thread | Read all replies of a thread.
set_topic | Change the topic of a channel.
list_user_groups | List groups such as @engineering with their members.
delete_message | Delete a message that was sent.

# Kubernetes
list_pods | List pods of a namespace with phase, restarts and node.
get_pod_logs | Read the logs of a container in a pod.
delete_pod | Delete a pod so that its controller starts another.
scale_deployment | Set the number of replicas of a deployment.
rollout_restart | Restart all pods of a deployment one after another.
rollout_undo | Roll a deployment back to an earlier revision.
apply_manifest | Create or change resources from YAML.
describe_resource | Describe a resource with events and conditions.
exec_command | Run a command inside a container.
list_nodes | List cluster nodes with capacity and conditions.
cordon_node | Mark a node so that no new pods are placed on it.
drain_node | Evict all pods from a node before maintenance.
get_events | List recent events of a namespace.
list_services | List services with ports and addresses.
list_ingresses | List ingress rules with hosts and TLS.
create_namespace | Create a namespace.
get_config_map | Read a config map.
update_secret | Change the value of a secret.
top_pods | Show CPU and memory use of pods.
port_forward | Forward a local port to a pod.

# AWS
list_buckets | List S3 buckets of the account.
get_object | Download an object from an S3 bucket.
put_object | Upload an object to an S3 bucket.
presign_url | Make a link to an S3 object that expires.
list_instances | List EC2 instances with state, type and address.
start_instance | Start a stopped EC2 virtual machine.
stop_instance | Stop a running EC2 virtual machine.
invoke_lambda | Invoke a Lambda function with a payload.
list_lambdas | List Lambda functions with runtime and memory.
query_logs | Query CloudWatch log groups with Insights.
get_metric | Get statistics of a CloudWatch metric.
create_alarm | Create an alarm on a CloudWatch metric.
get_cost | Get cost and usage by service and month.
list_users | List IAM users with keys and last use.
rotate_access_key | Replace the access key of an IAM user.
send_to_queue | Put a message on an SQS queue.
purge_queue | Remove all messages of an SQS queue.
publish_topic | Publish a notification to an SNS topic.
create_snapshot | Take a snapshot of an RDS database.
invalidate_cdn | Clear paths from the CloudFront cache.

# Postgres
run_query | Run a read-only SQL query and get rows.
execute_sql | Run a statement that changes data.
list_tables | List tables of a schema with row counts and sizes.
describe_table | Show columns, types, keys and indexes of a table.
explain_query | Show the plan of a query and its cost.
list_slow_queries | List the statements that take most time.
create_index | Create an index concurrently.
list_locks | Show sessions that block each other.
kill_session | End a database session.
vacuum_table | Reclaim space and refresh statistics of a table.
backup_database | Dump a database to a file.
restore_backup | Load a dump into a database.
list_extensions | List installed extensions with versions.
replication_status | Show replicas and how far behind they are.
create_role | Create a database user with grants.
grant_access | Give a role rights on a table or schema.
list_connections | Count open connections by state and client.
table_bloat | Estimate wasted space of tables and indexes.
export_csv | Write the result of a query as CSV.
import_csv | Load a CSV file into a table.

# Sentry
list_errors | List error groups of a project, the most frequent first.
get_error | Get stack trace, breadcrumbs and tags of an error group.
resolve_error | Mark an error group as resolved.
ignore_error | Mute an error group until it grows.
assign_error | Make a person responsible for an error group.
list_releases | List releases with adoption and crash-free sessions.
get_performance | Get slow transactions with percentiles.
list_alerts | List alert rules of a project.
create_alert_rule | Alert somebody when errors exceed a threshold.
search_events | Search single events by tags.
get_replay | Get a session replay of a user before an error.
list_environments | List environments such as production and staging.
find_suspect_commit | Name the commit that probably caused an error.
create_project | Set up a project and get its DSN.
list_teams | List teams and their projects.
get_quota | Show how much of the event quota is used.
upload_source_map | Upload source maps of a release.
list_cron_monitors | List scheduled jobs that are watched and missed check-ins.
get_user_feedback | Read what users wrote after a crash.
merge_errors | Merge error groups that are the same.

# Datadog
query_metrics | Query a time series of metrics.
list_monitors | List monitors and whether they alert.
mute_monitor | Silence a monitor for some time.
create_monitor | Create a monitor with a threshold.
search_logs | Search application logs by text and facets.
list_dashboards | List dashboards.
get_dashboard | Get widgets and queries of a dashboard.
list_hosts | List hosts with tags and agents.
search_traces | Find distributed traces by service and duration.
get_service_map | Show which services call each other.
create_incident | Declare an incident with severity and commander.
update_incident | Change severity, status or summary of an incident.
list_incidents | List open incidents.
create_downtime | Plan a maintenance window without alerts.
get_slo | Get the state of a service level objective and its error budget.
run_synthetic | Run a synthetic browser or API test now.
list_synthetics | List synthetic tests with results.
post_event | Post an event to the event stream, such as a deploy.
get_usage | Get billed usage by product.
list_on_call | Show who is on call now.

# Linear
new_issue | Create an issue in a team with title, description, priority and cycle.
find_issues | Find issues by words, state, team or label.
edit_issue | Change state, estimate, priority or assignee of an issue.
comment_on_issue | Write a comment on an issue.
list_cycles | List cycles of a team with progress.
list_team_members | List members of a team.
create_project_update | Post a status update of a project with health.
list_roadmaps | List roadmaps and initiatives.
add_label | Put a label on an issue.
archive_issue | Archive an issue.
get_issue_history | Show all changes of an issue.
create_view | Save a filter of issues as a view.
list_milestones | List milestones of a project.
set_due_date | Set the date when an issue is due.
create_sub_issue | Break an issue into smaller ones.
subscribe_issue | Follow an issue to hear of changes.
list_triage | List issues that wait for triage.
set_estimate | Set the points of an issue.
attach_link | Attach a web address to an issue.
export_issues | Export issues of a team as CSV.

# Figma
get_design_file | Get the pages, frames and layers of a design file.
export_image | Render a frame or layer as PNG, SVG or PDF.
list_comments | List comments on a design file.
post_comment | Comment on a design at a place.
list_components | List components of a library.
list_styles | List colour, text and effect styles.
get_variables | Get design tokens as variables with modes.
list_versions | List saved versions of a design file.
list_project_files | List files of a project.
get_dev_resources | Get links between layers and code.
search_components | Find a component by name.
duplicate_file | Copy a design file.
get_prototype_flow | Get screens and connections of a prototype.
list_fonts | List fonts that a file uses and which are missing.
measure_layer | Get size, spacing and constraints of a layer.
resolve_comment | Mark a design comment as done.
create_webhook | Be told when a design file changes.
get_usage_analytics | Show how often library components are used.
publish_library | Publish changes of a component library.
list_branches | List branches of a design file.
`;
