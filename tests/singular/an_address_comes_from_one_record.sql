-- Parts of an address are never mixed from two records.
select
    customer_id,
    count(distinct record_key) as record_count
from {{ ref('golden_customer_lineage') }}
where attribute in (
    {%- for golden in golden_columns(is_whole=true) -%}
        '{{ golden.column }}'{{ ', ' if not loop.last }}
    {%- endfor -%}
)
group by customer_id
having count(distinct record_key) > 1
