export const corpusOfOffice = `
# Gmail
send_email | Send an email to one or more people, with attachments.
draft_email | Save an email as a draft without sending it.
search_inbox | Search mail by sender, subject, date and words.
read_email | Read an email with its headers and body.
reply_to_email | Answer an email in its conversation.
forward_email | Forward an email to somebody else.
label_email | Put a label on emails.
archive_email | Take emails out of the inbox without deleting them.
trash_email | Move an email to the trash.
list_labels | List labels of the mailbox.
create_filter | Make a rule that sorts incoming mail.
mark_as_read | Mark emails as read or unread.
download_attachment | Save a file that is attached to an email.
set_vacation_reply | Turn the out-of-office answer on or off.
list_drafts | List drafts.
unsubscribe | Leave a mailing list.
block_sender | Send future mail of a sender to spam.
report_spam | Mark an email as spam.
get_signature | Get the signature of the account.
list_threads | List conversations of a label.

# Google Calendar
create_event | Put a meeting into the calendar and invite guests.
list_events | List events between two dates.
update_event | Move or change an event.
delete_event | Cancel an event and tell its guests.
find_free_time | Find times when all of some people are free.
respond_to_invitation | Accept, decline or maybe an invitation.
list_calendars | List calendars of the account.
share_calendar | Let a person see or edit a calendar.
add_video_call | Add a Meet link to an event.
set_working_hours | Set when the person works.
book_room | Reserve a meeting room.
list_rooms | List meeting rooms with size and equipment.
create_recurring_event | Create an event that repeats daily, weekly or monthly.
set_event_reminder | Set when one is reminded of an event.
list_holidays | List public holidays of a country.
mark_out_of_office | Block a stretch of days as absent.
get_event | Get an event with guests and answers.
quick_add | Create an event from a sentence.
import_ics | Import events from an ICS file.
list_guests | List who was invited to an event and what they answered.

# Google Drive
search_drive | Search files and folders by name and content.
read_document | Read a document as text.
upload_to_drive | Upload a file to a folder.
create_folder | Create a folder.
move_file | Move a file to another folder.
share_file | Give people access to a file or folder.
revoke_access | Take access to a file away from somebody.
copy_file | Make a copy of a file.
delete_file | Delete a file for ever.
list_permissions | List who can open a file.
export_pdf | Export a document, sheet or slides as PDF.
create_document | Create a text document with content.
append_to_document | Write text at the end of a document.
list_revisions | List earlier versions of a file.
restore_revision | Bring back an earlier version of a file.
empty_trash | Delete everything in the trash.
get_storage_quota | Show used and free storage.
list_shared_drives | List shared drives of the organization.
star_file | Mark a file with a star.
list_recent_files | List files that were opened lately.

# Google Sheets
read_range | Read cells of a spreadsheet.
write_range | Write values into cells.
append_row | Add a row at the end of a sheet.
create_spreadsheet | Create a spreadsheet.
add_sheet | Add a tab to a spreadsheet.
clear_range | Empty cells.
format_cells | Set number format, colour and borders of cells.
insert_chart | Insert a chart made of a range.
sort_range | Sort rows by a column.
create_pivot | Create a pivot table.
find_replace | Replace text in all cells.
protect_range | Stop others from editing cells.
add_formula | Put a formula into a cell.
delete_rows | Remove rows from a sheet.
list_sheets | List tabs of a spreadsheet.
add_validation | Restrict what may be entered in a cell.
freeze_rows | Keep heading rows in sight.
merge_cells | Merge cells into one.
add_note | Attach a note to a cell.
conditional_format | Colour cells by a rule.

# Notion
search_pages | Search pages and databases by title.
get_page | Read the blocks of a page.
create_page | Create a page below another or in a database.
append_blocks | Add paragraphs, lists or headings to a page.
query_database | Query rows of a database with filters and sorting.
update_page_properties | Change properties of a page in a database.
create_database | Create a database with properties.
archive_page | Archive a page.
list_users_of_notion | List people of the workspace.
add_page_comment | Discuss a page with a comment.
get_page_comments | Read the discussion of a page.
duplicate_page | Copy a page with everything below it.
move_page | Move a page below another.
create_template | Make a template of a page.
export_markdown | Export a page as Markdown.
set_page_icon | Set icon and cover of a page.
lock_page | Prevent edits of a page.
get_backlinks | List pages that link to a page.
create_toggle | Add a section that can be folded.
embed_file | Embed a file or video in a page.

# Salesforce
soql_query | Query records with SOQL.
create_lead | Create a lead with name, company and source.
convert_lead | Convert a lead to an account, contact and opportunity.
update_opportunity | Change stage, amount or close date of an opportunity.
list_opportunities | List opportunities of the pipeline.
create_contact | Add a contact person to an account.
get_account | Get a customer account with its contacts.
log_call | Record a phone call with a customer.
create_task | Give a sales person a task with a due date.
create_case | Open a support case.
close_case | Close a support case.
list_reports | List reports.
run_report | Run a report and get rows.
merge_accounts | Merge duplicate accounts.
assign_owner | Give a record to another owner.
list_campaigns | List marketing campaigns.
add_to_campaign | Add a lead or contact to a campaign.
create_quote | Make a quote of products and prices.
get_forecast | Get the sales forecast of a quarter.
delete_record | Delete a record.

# Stripe
create_payment_link | Make a link by which customers pay.
list_payments | List payments with status.
refund_payment | Give a payment back in full or part.
create_customer | Create a customer.
search_customers | Find customers by email or name.
create_subscription | Start a subscription of a customer to a plan.
cancel_subscription | End a subscription now or at the period's end.
create_invoice | Make an invoice with lines.
send_invoice | Email an invoice to its customer.
void_invoice | Make an invoice invalid.
list_disputes | List chargebacks.
answer_dispute | Submit evidence against a chargeback.
create_coupon | Create a discount code.
create_product | Create a product.
create_price | Set a price for a product.
get_balance | Get available and pending money.
list_payouts | List transfers to the bank account.
create_checkout | Open a checkout session.
update_tax_rate | Change a tax rate.
retry_charge | Try a failed charge again.

# Zendesk
list_tickets | List support tickets of a view.
open_ticket | Create a support ticket for a requester.
answer_ticket | Reply to a customer in a support ticket.
add_internal_note | Write a note on a ticket that customers do not see.
solve_ticket | Set a support ticket to solved.
escalate_ticket | Raise the priority of a ticket and hand it to another group.
merge_tickets | Merge support tickets of one problem.
tag_ticket | Put tags on a ticket.
search_articles | Search help centre articles.
create_article | Publish a help centre article.
get_satisfaction | Get satisfaction ratings of customers.
list_macros | List prepared answers.
apply_macro | Use a prepared answer on a ticket.
list_agents | List support agents and whether they are online.
get_sla | Show which tickets are about to break their SLA.
suspend_user | Suspend an end user who abuses support.
list_organizations | List customer organizations.
export_tickets | Export tickets of a time span.
set_business_hours | Set support schedules.
get_ticket_metrics | Get first reply and resolution times.

# Shopify
list_orders | List orders with payment and shipping state.
get_order | Get an order with lines, customer and address.
cancel_order | Cancel an order and put items back in stock.
fulfill_order | Mark an order as shipped with a tracking number.
list_products | List products with variants.
add_product | Add a product with price and pictures.
update_inventory | Set how many of an item are in stock.
get_inventory | See how many of an item are left.
create_discount | Create a discount for a collection or order.
list_customers | List shop customers with orders and spend.
create_draft_order | Prepare an order for a customer to pay.
update_price | Change the price of a variant.
list_abandoned_carts | List carts that were left without buying.
create_collection | Group products into a collection.
list_locations | List warehouses and shops.
get_shipping_rates | Get shipping rates for an address.
return_order | Start the return of items.
publish_product | Show a product in the online shop.
get_sales_report | Get sales by day, product or channel.
create_gift_card | Issue a gift card.

# HR
list_employees | List employees with department and manager.
get_employee | Get a person's job, contract and contact data.
request_time_off | Ask for vacation days.
approve_time_off | Approve or refuse a vacation request.
get_leave_balance | Show how many vacation days are left.
who_is_away | List who is absent today or on a date.
onboard_employee | Start onboarding of a new hire with tasks.
offboard_employee | Start leaving of an employee: accounts, equipment.
list_job_openings | List open positions.
add_candidate | Add an applicant to a position.
move_candidate | Move an applicant to the next stage of hiring.
schedule_interview | Plan an interview with an applicant.
get_payslip | Download the payslip of a month.
update_salary | Change the salary of an employee from a date.
list_reviews | List performance reviews.
submit_review | Write a performance review.
get_org_chart | Show who reports to whom.
log_hours | Record working hours of a day.
list_trainings | List courses and who has finished them.
submit_expense | Hand in an expense with its receipt.
`;
