{#- One row per source record of a company: the account it belongs to. Records with one corporate mail domain are an account. A record without such a domain
    takes the one that more than half of its company's records with a domain have; where there is none, the company's records are an account of their own. -#}
with source_records as (

    select * from {{ ref('int_source_records') }}

),

corporate as (

    select
        record_id,
        company_key,
        case when not is_free_mail then email_domain end as corporate_domain
    from source_records
    where company_key is not null or (email_domain is not null and not is_free_mail)

),

company_domains as (

    select
        company_key,
        corporate_domain,
        count(*) as record_count,
        sum(count(*)) over (partition by company_key) as company_record_count
    from corporate
    where company_key is not null and corporate_domain is not null
    group by company_key, corporate_domain

),

keyed as (

    select
        corporate.record_id,
        coalesce(corporate.corporate_domain, company_domains.corporate_domain, 'company ' || corporate.company_key) as account_key
    from corporate
    left join company_domains
        on
            corporate.corporate_domain is null
            and corporate.company_key = company_domains.company_key
            and company_domains.record_count * 2 > company_domains.company_record_count

),

final as (

    select
        record_id,
        account_key,
        md5('account ' || account_key) as account_id
    from keyed

)

select * from final
