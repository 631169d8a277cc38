from core.structured_data import SCHEMA, share_picture_urls


def member_data(member, request) -> dict:
    """The organisation of a profile as schema.org describes it (https://schema.org/Organization)."""
    url = member.get_full_url(request)
    root_url = url.removesuffix(member.get_url_parts()[2])
    address = {
        "@type": "PostalAddress",
        "streetAddress": member.street,
        "postalCode": member.postcode,
        "addressLocality": member.commune,
        "addressCountry": "FR",
    }
    position = member.position
    data = {
        "@context": SCHEMA,
        "@type": "Organization",
        "@id": url,
        "url": member.website or url,
        "mainEntityOfPage": url,
        "name": member.title,
        "alternateName": [line for line in member.former_names.splitlines() if line.strip()],
        "description": member.description,
        "telephone": member.phone,
        "address": {key: value for key, value in address.items() if value} if member.commune else None,
        "location": position and {
            "@type": "Place",
            "geo": {"@type": "GeoCoordinates", "latitude": position.latitude, "longitude": position.longitude},
        },
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in (("SIRET", member.siret), ("SIREN", member.siren), ("RNA", member.rna))
            if value
        ],
        "knowsAbout": [sector.name for sector in member.sectors],
        "areaServed": member.area,
        "numberOfEmployees": member.staff and {"@type": "QuantitativeValue", "value": float(member.staff)},
        "sameAs": member.accounts,
        "logo": share_picture_urls(member.logo, root_url)[:1],
        "image": share_picture_urls(member.share_image, root_url),
    }  # fmt: skip
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
