<?php
/* Sets up a fresh site: tables, three people, and an application password for each, told as JSON. */
define( 'WP_INSTALLING', true );
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'The Guild', 'guild', 'guild@example.org', true, '', wp_generate_password() );
update_option( 'permalink_structure', $argv[2] );
update_option( 'blogdescription', 'Things are mended here' );
update_option( 'comment_registration', 0 );
update_option( 'comment_moderation', 0 );
update_option( 'comment_previously_approved', 0 );
$told = array();
foreach ( array( 'guild' => 'administrator', 'avery' => 'author', 'casey' => 'contributor' ) as $name => $role ) {
	$found = get_user_by( 'login', $name );
	$id    = $found ? $found->ID : wp_insert_user( array( 'user_login' => $name, 'user_pass' => wp_generate_password(), 'user_email' => "$name@example.org", 'role' => $role ) );
	$made  = WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'Stoa' ) );
	$told[ $name ] = array( 'id' => $id, 'password' => WP_Application_Passwords::chunk_password( $made[0] ) );
}
echo json_encode( $told );
