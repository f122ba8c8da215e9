/** What is looked for, in words of who looks, and the tools that would each do: written before the search was. */
const text = `
file a bug report on GitHub | create_issue
open a PR from my branch | create_pull_request
what changed in this pull request | get_pull_request_diff
merge the PR with squash | merge_pull_request
ask a teammate to review my pull request | request_review
read README.md from the repository | get_file_contents
commit a file to the repo | create_or_update_file
make a new git branch | create_branch
who wrote the last commits | list_commits
publish release notes for tag v2 | create_release
where in the code is this function used | search_code
rerun the failed GitHub Actions build | rerun_workflow
logs of the CI job | get_job_logs
fork a repo | fork_repository
Jira ticket with high priority | create_ticket
move the Jira ticket to Done | transition_ticket
assign Jira issue to Anna | assign_ticket
JQL query for open bugs | search_jql
log two hours of work on PROJ-12 | add_worklog
which sprints are there | list_sprints
put this ticket into the next sprint | move_to_sprint
mark ticket as blocked by another one | link_tickets
burndown of the current sprint | get_burndown
change a field on fifty issues in one go | bulk_edit
who modified the ticket | get_changelog
post to the #general channel in Slack | post_message
DM a colleague on Slack | send_direct_message
catch up on recent messages of a channel | read_channel
find the Slack message where we talked about pricing | search_messages
create a private Slack channel | create_channel
invite colleagues to the channel | invite_to_channel
react with thumbs up emoji | add_reaction
share a file in Slack | upload_file
send a Slack message tomorrow morning | schedule_message
remind me of something at 5 pm | add_reminder
what time zone is this member in | get_user_profile
all replies in the thread | get_thread
which pods keep restarting | list_pods
container logs | get_pod_logs
scale the deployment to 5 replicas | scale_deployment
roll back the deployment | rollout_undo
restart all pods of a deployment | rollout_restart
apply this YAML to the cluster | apply_manifest
run a shell command in a container | exec_command
evict pods from a node for maintenance | drain_node
CPU usage of pods | top_pods
change a Kubernetes secret | update_secret
download a file from S3 | get_object
upload a file to an S3 bucket | put_object
temporary link to an S3 object | presign_url
shut down an EC2 machine | stop_instance
boot the EC2 virtual machine | start_instance
call a Lambda function | invoke_lambda
how much did we spend on AWS last month | get_cost
search CloudWatch logs | query_logs
alarm when a CloudWatch metric is high | create_alarm
replace access key of an IAM user | rotate_access_key
enqueue a message in SQS | send_to_queue
clear the CloudFront cache | invalidate_cdn
snapshot of the RDS database | create_snapshot
select rows with SQL | run_query
update rows in the database with SQL | execute_sql
what columns does the table have | describe_table
why is this query slow, show its plan | explain_query
slowest SQL statements | list_slow_queries
which sessions block each other | list_locks
add an index without locking | create_index
how far behind is the replica | replication_status
make a dump of the database | backup_database
restore the database from a dump | restore_backup
save query result as CSV | export_csv
load CSV into a table | import_csv
give a role read rights on a schema | grant_access
most frequent errors in production | list_errors
stack trace of an error | get_error
mark the Sentry error as resolved | resolve_error
mute an error | ignore_error
which commit caused the error | find_suspect_commit
watch the session replay before the crash | get_replay
feedback of users after a crash | get_user_feedback
crash-free sessions per release | list_releases
upload source maps | upload_source_map
missed cron jobs | list_cron_monitors
graph a metric over the last hour | query_metrics
silence a monitor | mute_monitor
search application logs for timeout | search_logs
traces of slow requests | search_traces
declare an incident | create_incident
lower the severity of the incident | update_incident
who is on call | list_on_call
plan a maintenance window | create_downtime
remaining error budget of the SLO | get_slo
which services call each other | get_service_map
run the synthetic API test | run_synthetic
new Linear issue for the team | new_issue
find Linear issues with label bug | find_issues
progress of the current cycle | list_cycles
break an issue into sub issues | create_sub_issue
post a project status update | create_project_update
set the due date of an issue | set_due_date
estimate in points | set_estimate
issues waiting for triage | list_triage
render a frame as PNG | export_image
design tokens | get_variables
comment on the design | post_comment
size and spacing of a layer | measure_layer
missing fonts in the design file | list_fonts
find the button component | search_components
send an email to the customer with an attachment | send_email
prepare an email draft | draft_email
find mails from Bob about the contract | search_inbox
read this email | read_email
answer the email | reply_to_email
forward the mail to my boss | forward_email
rule that sorts incoming mail | create_filter
out of office reply | set_vacation_reply
save the attached file of the mail | download_attachment
unsubscribe from the newsletter | unsubscribe
mark mail as unread | mark_as_read
schedule a meeting with Carol on Tuesday | create_event
what meetings do I have this week | list_events
move the meeting to Friday | update_event
cancel the meeting | delete_event
when is everybody free | find_free_time
accept the invitation | respond_to_invitation
reserve a meeting room | book_room
weekly recurring meeting | create_recurring_event
public holidays in Germany | list_holidays
add a video call link to the event | add_video_call
did the guests accept | list_guests
find a document in Drive | search_drive
read the Google document | read_document
share the folder with a partner | share_file
remove somebody's access to a file | revoke_access
save the document as PDF | export_pdf
who can open this file | list_permissions
bring back an older version of the file | restore_revision
create a folder in Drive | create_folder
how much storage is left | get_storage_quota
add text at the end of the document | append_to_document
read cells A1 to C10 | read_range
write values into the spreadsheet | write_range
add a row to the sheet | append_row
draw a chart of the data in the sheet | insert_chart
pivot table | create_pivot
find and replace text in the sheet | find_replace
sort the sheet by a column | sort_range
new spreadsheet | create_spreadsheet
put a sum formula in a cell | add_formula
search Notion for the onboarding page | search_pages
write a new Notion page | create_page
add a paragraph to a Notion page | append_blocks
filter rows of a Notion database | query_database
export page to Markdown | export_markdown
which pages link here | get_backlinks
discuss the Notion page in a comment | add_page_comment
SOQL for accounts in Berlin | soql_query
add a new lead in Salesforce | create_lead
turn the lead into an opportunity | convert_lead
change the stage of a deal | update_opportunity
sales forecast for this quarter | get_forecast
log a phone call with a customer | log_call
price quote for products | create_quote
open opportunities in the pipeline | list_opportunities
add the contact to a marketing campaign | add_to_campaign
refund the customer's payment | refund_payment
create a payment link | create_payment_link
find a Stripe customer by email | search_customers
cancel the subscription | cancel_subscription
start a subscription for a customer | create_subscription
send the invoice | send_invoice
write an invoice | create_invoice
chargebacks | list_disputes
discount code 10 percent | create_coupon
how much money is available in Stripe | get_balance
bank transfers of payouts | list_payouts
reply to the customer's support ticket | answer_ticket
internal note on a ticket | add_internal_note
close the support ticket as solved | solve_ticket
escalate the ticket | escalate_ticket
help centre articles about passwords | search_articles
write a help centre article | create_article
customer satisfaction | get_satisfaction
tickets about to break SLA | get_sla
first reply time of support | get_ticket_metrics
orders that are not shipped yet | list_orders
details of order 1042 | get_order
cancel an order | cancel_order
mark the order as shipped with tracking number | fulfill_order
how many shirts are in stock | get_inventory
set stock of an item | update_inventory
abandoned carts | list_abandoned_carts
customer wants to return items | return_order
sales report by product | get_sales_report
issue a gift card | create_gift_card
take vacation in August | request_time_off
approve the vacation request | approve_time_off
how many vacation days do I have left | get_leave_balance
who is absent today | who_is_away
who reports to whom | get_org_chart
plan an interview with the applicant | schedule_interview
hand in an expense with receipt | submit_expense
onboarding of a new employee | onboard_employee
download my payslip | get_payslip
record my working hours | log_hours
`;

export const questions: readonly { words: string; wanted: string }[] = text
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [words = '', wanted = ''] = line.split(' | ');
    return { words, wanted };
  });
